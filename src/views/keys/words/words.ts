/** The words of the sheet of keys. */

import { defineWords } from '../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('keys', en, { ru: () => import('./ru.ts') })
