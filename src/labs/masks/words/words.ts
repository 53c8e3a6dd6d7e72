/** The mask studio's words. */

import { defineWords } from '../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('masks', en, { ru: () => import('./ru.ts') })
