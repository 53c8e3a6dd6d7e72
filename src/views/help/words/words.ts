/** The words round every answer to "What am I seeing?". */

import { defineWords } from '../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('help', en, { ru: () => import('./ru.ts') })
