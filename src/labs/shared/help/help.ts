import { helpOf } from './help_of.ts'

/** The questions of panels and tools that several labs have. */
export const help = helpOf(() => import('./entries.ts'))
