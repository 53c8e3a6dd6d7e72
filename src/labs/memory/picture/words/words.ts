/** The words of the memory lab's picture half. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('memory-picture', en, { ru: () => import('./ru.ts') })
