/** The words of the glossary: `term.…` is a name, `is.…` what it means. */

import { defineWords } from '../../../words/words.ts'
import { en } from './en.ts'

export const t = defineWords('glossary', en, { ru: () => import('./ru.ts') })
