/** The page's own words. */

import { defineWords } from '../words/words.ts'
import { en } from './words/en.ts'

export const t = defineWords('app', en, { ru: () => import('./words/ru.ts') })
