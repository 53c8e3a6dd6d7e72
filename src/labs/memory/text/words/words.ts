/** The words of the memory lab's half for text. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('text-memory', en, { ru: () => import('./ru.ts') })
