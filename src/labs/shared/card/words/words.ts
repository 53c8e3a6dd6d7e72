/** The words of a model's card. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('card', en, { ru: () => import('./ru.ts') })
