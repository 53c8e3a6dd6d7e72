/** The words of what comes with the page, whatever lab is open. */

import { defineWords } from '../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('state', en, { ru: () => import('./ru.ts') })
