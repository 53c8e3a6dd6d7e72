/** The words of the editor of start vectors. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('embedding', en, { ru: () => import('./ru.ts') })
