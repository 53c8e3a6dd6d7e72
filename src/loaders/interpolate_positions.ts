/**
 * Position embeddings of one patch grid moved to another, as `interpolate_pos_encoding` of transformers' ViT does it: with
 * the semantics of PyTorch's `F.interpolate(align_corners=False)`.
 */

import { ClsroomError } from '../core/errors.ts'
import { numel } from '../core/shapes.ts'

export type Interpolation = 'nearest' | 'bilinear' | 'bicubic'
export type Grid = readonly [rows: number, columns: number]

/** Which inputs one output is made of, and how much of each. */
type Taps = readonly [index: number, weight: number][]

/**
 * @param table [leading + rows · columns, D]: class tokens, which keep their rows, then the patches of `from` row by row
 * @param D width
 * @param antialias widens the filter where the new grid is smaller, as PyTorch's `antialias=True` does (not for nearest)
 * @returns [leading + rows · columns, D] for `to`
 */
export function interpolatePositions(
  table: Float32Array,
  D: number,
  from: Grid,
  to: Grid,
  interpolation: Interpolation,
  { leading = 1, antialias = false } = {},
): Float32Array {
  if (table.length !== (leading + numel(from)) * D) {
    throw new ClsroomError('shape', 'The position table does not fit its grid', {
      found: `${table.length} numbers`,
      expected: `(${leading} + ${from[0]} × ${from[1]}) × ${D}`,
    })
  }
  const taps = antialias && interpolation !== 'nearest' ? widenedTaps : tapsOf
  const rowTaps = taps(from[0], to[0], interpolation)
  const columnTaps = taps(from[1], to[1], interpolation)
  const out = new Float32Array((leading + numel(to)) * D)
  out.set(table.subarray(0, leading * D))
  let row = leading * D
  for (const vertical of rowTaps) {
    for (const horizontal of columnTaps) {
      for (const [y, wy] of vertical) {
        for (const [x, wx] of horizontal) {
          const source = (leading + y * from[1] + x) * D
          for (let d = 0; d < D; d++) {
            out[row + d] = (out[row + d] as number) + wy * wx * (table[source + d] as number)
          }
        }
      }
      row += D
    }
  }
  return out
}

/** The taps of each of `to` outputs along one axis of `from` inputs; inputs beyond the edge repeat the edge. */
function tapsOf(from: number, to: number, interpolation: Interpolation): Taps[] {
  const scale = from / to
  const clamp = (index: number) => Math.min(Math.max(index, 0), from - 1)
  return Array.from({ length: to }, (_, i): Taps => {
    if (interpolation === 'nearest') return [[clamp(Math.floor(i * scale)), 1]]
    const at = scale * (i + 0.5) - 0.5
    // Only bilinear moves a place before the first centre onto it (PyTorch's area_pixel_compute_source_index).
    const place = interpolation === 'bilinear' ? Math.max(at, 0) : at
    const left = Math.floor(place)
    const t = place - left
    if (interpolation === 'bilinear')
      return [
        [clamp(left), 1 - t],
        [clamp(left + 1), t],
      ]
    return [-1, 0, 1, 2].map((offset) => [clamp(left + offset), cubic(Math.abs(t - offset), -0.75)])
  })
}

/**
 * The taps of a filter as wide as the inputs that one output covers, cut at the edges and brought to a sum of 1: as Pillow does, and
 * PyTorch after it (`compute_indices_weights_aa`).
 */
function widenedTaps(from: number, to: number, interpolation: Interpolation): Taps[] {
  const scale = from / to
  const wide = Math.max(scale, 1)
  const support = (interpolation === 'bicubic' ? 2 : 1) * wide
  const filter = interpolation === 'bicubic' ? (x: number) => cubic(x, -0.5) : (x: number) => Math.max(0, 1 - x)
  return Array.from({ length: to }, (_, i): Taps => {
    const centre = scale * (i + 0.5)
    const first = Math.max(Math.trunc(centre - support + 0.5), 0)
    const last = Math.min(Math.trunc(centre + support + 0.5), from)
    const weights = Array.from({ length: last - first }, (_, j) => filter(Math.abs((first + j - centre + 0.5) / wide)))
    const sum = weights.reduce((total, weight) => total + weight, 0)
    return weights.map((weight, j) => [first + j, weight / sum])
  })
}

/** Keys' cubic convolution kernel. x ≥ 0; a is −0.75 in PyTorch, and −0.5 in Pillow and in PyTorch's widened filter */
function cubic(x: number, a: number): number {
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1
  if (x < 2) return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a
  return 0
}
