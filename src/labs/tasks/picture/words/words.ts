/** The words of the tasks lab's picture half. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('tasks-picture', en, { ru: () => import('./ru.ts') })
