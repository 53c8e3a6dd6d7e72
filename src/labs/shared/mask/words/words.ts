/** The words of the editor of masks. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('mask', en, { ru: () => import('./ru.ts') })
