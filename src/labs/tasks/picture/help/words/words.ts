/** What the panels of the tasks lab over pictures say of themselves. */

import { defineWords } from '../../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('tasks-picture-help', en, { ru: () => import('./ru.ts') })
