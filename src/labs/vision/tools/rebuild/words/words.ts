/** The words of what a masked autoencoder draws. */

import { defineWords } from '../../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('rebuild', en, { ru: () => import('./ru.ts') })
