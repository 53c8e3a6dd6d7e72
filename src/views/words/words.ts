/** The words of the views. */

import { defineWords } from '../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('views', en, { ru: () => import('./ru.ts') })
