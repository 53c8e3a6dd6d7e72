/** The words of the palette. */

import { defineWords } from '../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('palette', en, { ru: () => import('./ru.ts') })
