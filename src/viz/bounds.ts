/**
 * Where colour scales and axes end. One rule for each sort of value, so that what is painted alike is as large, and what is
 * next to nothing is never painted at full strength.
 */

import { peak } from './matrix.ts'

/** A share of attention, a probability: 0 to 1. */
export const WHOLE = 1
/** A scale that was fitted to shares ends here at least. */
const SMALLEST_FIT = 0.01
/** A scale of differences between shares or probabilities reaches to ± this at least. */
const SMALLEST_DIFFERENCE = 0.1

/** The end of a scale of shares: 1, or where the reader asks for it the largest value. @param values every value that is painted with it */
export function shareBound(fit: boolean, ...values: ArrayLike<number>[]): number {
  return fit ? Math.max(SMALLEST_FIT, ...values.map(peak)) : WHOLE
}

/** The end, to both sides, of a scale of differences. @param values NaN: there is no difference */
export function differenceBound(...values: ArrayLike<number>[]): number {
  return Math.max(SMALLEST_DIFFERENCE, ...values.map(peak))
}
