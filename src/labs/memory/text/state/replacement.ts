/** What stands in the place of a memory row's state. Zeroing is a biased intervention: the others are as long as what they replace. */

export const REPLACEMENTS = ['zeros', 'mean', 'noise', 'other'] as const
export type Replacement = (typeof REPLACEMENTS)[number]

/** Memory rows whose state before a layer is replaced; `slots` counts the rows of the run. */
export interface Replaced {
  by: Replacement
  layer: number
  slots: readonly number[]
}
