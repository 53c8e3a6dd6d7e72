/** The sequence-to-sequence lab's words. */

import { defineWords } from '../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('seq2seq', en, { ru: () => import('./ru.ts') })
