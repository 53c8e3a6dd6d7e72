/** Words of passing a link on. */

import { defineWords } from '../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('share', en, { ru: () => import('./ru.ts') })
