/** The words of what labs share. */

import { defineWords } from '../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('shared', en, { ru: () => import('./ru.ts') })
