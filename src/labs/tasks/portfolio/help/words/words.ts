/** What the panels of the tasks lab over portfolios say of themselves. */

import { defineWords } from '../../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('tasks-portfolio-help', en, { ru: () => import('./ru.ts') })
