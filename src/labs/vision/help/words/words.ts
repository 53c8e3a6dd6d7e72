/** What the panels of the vision lab say of themselves. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('vision-help', en, { ru: () => import('./ru.ts') })
