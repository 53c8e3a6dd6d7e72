/** The terms as they are called, for who looks for them by name. */

import { TERMS } from './terms.ts'
import { t } from './words/words.ts'

export const namedTerms = (): { id: string; say: () => string }[] =>
  TERMS.map(({ id }) => ({ id, say: () => t(`term.${id}`) }))
