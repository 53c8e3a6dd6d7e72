/** Values that stand out from the others. */

import { median } from 'd3'

/** How many scaled MADs from the median make an outlier (Leys et al. 2013 call 3 "very conservative"). */
export const OUTLIER_MADS = 3

/** 1 / Φ⁻¹(3/4): makes the MAD of normal values their standard deviation. */
const NORMAL = 1.4826

export interface Spread {
  median: number
  /** The scaled median absolute deviation. */
  mad: number
  /** Values above this stand out. */
  limit: number
}

export function spread(values: ArrayLike<number>): Spread {
  const list = Array.from(values)
  const middle = median(list) ?? 0
  const mad = NORMAL * (median(list, (value) => Math.abs(value - middle)) ?? 0)
  return { median: middle, mad, limit: middle + OUTLIER_MADS * mad }
}

/**
 * How many times as long as the median patch one of a high norm is, at least. In the published models they are about ten times as long
 * (Darcet et al. 2024, section 2.1); what merely stands out from an even crowd is none.
 */
export const HIGH_NORM = 3

/** Places of the norms above that. */
export function highNorms(norms: ArrayLike<number>): number[] {
  const limit = HIGH_NORM * spread(norms).median
  return Array.from(norms).flatMap((norm, i) => (norm > limit ? [i] : []))
}

/** Places of the values above median + 3 · 1.4826 · MAD; where more than half are equal (MAD 0) nothing stands out. */
export function outliers(values: ArrayLike<number>): number[] {
  const { mad, limit } = spread(values)
  if (mad === 0) return []
  return Array.from(values).flatMap((value, i) => (value > limit ? [i] : []))
}
