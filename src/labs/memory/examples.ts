/** What the memory lab opens on, and what else its menu offers: the halves' own, one after another. */

import type { Example } from '../definition.ts'
import type { MemoryLink } from './state/link.ts'
import { TEXT_EXAMPLES } from './text/examples.ts'

export const EXAMPLES: readonly Example<MemoryLink>[] = [...TEXT_EXAMPLES]
