/** What the text lab's panels say of themselves. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('text-help', en, { ru: () => import('./ru.ts') })
