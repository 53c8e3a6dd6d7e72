/** Nearest neighbours among rows. */

import { cosine } from '../core/vectors.ts'

/**
 * The rows most alike to row `of` by cosine, best first, itself left out; ties go to the earlier row.
 * @param rows [T, D]
 * @param among the rows that count
 */
export function nearestRows(
  rows: Float32Array,
  width: number,
  of: number,
  among: readonly number[],
  count: number,
): { row: number; cosine: number }[] {
  const at = (row: number) => rows.subarray(row * width, (row + 1) * width)
  return among
    .filter((row) => row !== of)
    .map((row) => ({ row, cosine: cosine(at(of), at(row)) }))
    .sort((a, b) => b.cosine - a.cosine || a.row - b.row)
    .slice(0, count)
}
