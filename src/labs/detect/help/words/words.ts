/** What the panels of the detect lab say of themselves. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('detect-help', en, { ru: () => import('./ru.ts') })
