/** What panels that several labs have say of themselves. */

import { defineWords } from '../../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('shared-help', en, { ru: () => import('./ru.ts') })
