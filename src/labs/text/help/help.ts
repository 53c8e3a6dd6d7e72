import { helpOf } from '../../shared/help/help_of.ts'

/** "What am I seeing?" of this lab's panels and tools. */
export const help = helpOf(() => import('./entries.ts'))
