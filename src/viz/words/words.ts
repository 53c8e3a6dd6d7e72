/** The words of what is computed for the eye: kinds of token, units, what stands out. */

import { defineWords } from '../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('viz', en, { ru: () => import('./ru.ts') })
