/** The text lab's words. */

import { defineWords } from '../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('text', en, { ru: () => import('./ru.ts') })
