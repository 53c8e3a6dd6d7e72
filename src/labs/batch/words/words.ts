/** The batch lab's words. */

import { defineWords } from '../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('batch', en, { ru: () => import('./ru.ts') })
