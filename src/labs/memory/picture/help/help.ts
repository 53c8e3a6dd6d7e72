import { helpOf } from '../../../shared/help/help_of.ts'

/** "What am I seeing?" of the memory lab over pictures: its panels and tools. */
export const help = helpOf(() => import('./entries.ts'))
