/** The words of the tasks lab's portfolio half. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('tasks-portfolio', en, { ru: () => import('./ru.ts') })
