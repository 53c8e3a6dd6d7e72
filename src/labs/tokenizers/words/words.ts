/** The tokenizers lab's words. */

import { defineWords } from '../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('tokenizers', en, { ru: () => import('./ru.ts') })
