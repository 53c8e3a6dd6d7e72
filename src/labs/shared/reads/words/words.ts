/** The words of what a token reads and needs. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('reads', en, { ru: () => import('./ru.ts') })
