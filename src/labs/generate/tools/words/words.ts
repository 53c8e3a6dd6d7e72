/** The words of the tools that experiment with what a decoder writes. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('experiments', en, { ru: () => import('./ru.ts') })
