/** What the page says round a lesson's own words. */

import { defineWords } from '../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('lesson', en, { ru: () => import('./ru.ts') })
