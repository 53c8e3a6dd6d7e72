/** The detect lab's words. */

import { defineWords } from '../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('detect', en, { ru: () => import('./ru.ts') })
