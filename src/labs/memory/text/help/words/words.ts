/** What the panels of the memory lab over texts say of themselves. */

import { defineWords } from '../../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('memory-text-help', en, { ru: () => import('./ru.ts') })
