/** The vision lab's words. */

import { defineWords } from '../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('vision', en, { ru: () => import('./ru.ts') })
