/** Words of a frame in another page. */

import { defineWords } from '../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('embed', en, { ru: () => import('./ru.ts') })
