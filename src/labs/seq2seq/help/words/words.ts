/** What the panels of the seq2seq lab say of themselves. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('seq2seq-help', en, { ru: () => import('./ru.ts') })
