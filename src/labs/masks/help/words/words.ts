/** What the panels of the mask studio say of themselves. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('masks-help', en, { ru: () => import('./ru.ts') })
