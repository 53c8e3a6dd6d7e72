/** What the panels of the Generate lab say of themselves. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('generate-help', en, { ru: () => import('./ru.ts') })
