/** The words of About. */

import { defineWords } from '../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('about', en, { ru: () => import('./ru.ts') })
