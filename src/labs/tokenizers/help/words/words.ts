/** What the panels of the tokenizers lab say of themselves. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('tokenizers-help', en, { ru: () => import('./ru.ts') })
