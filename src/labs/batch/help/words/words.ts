/** What the panels of the batch lab say of themselves. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('batch-help', en, { ru: () => import('./ru.ts') })
