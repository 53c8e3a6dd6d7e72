/** Words of presenting: the bar, what is for the lecturer, the second window. */

import { defineWords } from '../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('present', en, { ru: () => import('./ru.ts') })
