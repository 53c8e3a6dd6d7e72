/** The words of the second opinion. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('second-opinion', en, { ru: () => import('./ru.ts') })
