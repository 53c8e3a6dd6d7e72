/**
 * Position embeddings of one patch grid moved to another, as `interpolate_pos_encoding` of transformers' ViT does it: with
 * the semantics of PyTorch's `F.interpolate(align_corners=False, antialias=False)`.
 */

import { ClsroomError } from '../core/errors.ts'
import { numel } from '../core/shapes.ts'

export type Interpolation = 'nearest' | 'bilinear' | 'bicubic'
export type Grid = readonly [rows: number, columns: number]

/** Which inputs one output is made of, and how much of each. */
type Taps = readonly [index: number, weight: number][]

/**
 * @param table [1 + rows · columns, D]: CLS, which keeps its row, then the patches of `from` row by row
 * @param D width
 * @returns [1 + rows · columns, D] for `to`
 */
export function interpolatePositions(
  table: Float32Array,
  D: number,
  from: Grid,
  to: Grid,
  interpolation: Interpolation,
): Float32Array {
  if (table.length !== (1 + numel(from)) * D) {
    throw new ClsroomError('shape', 'The position table does not fit its grid', {
      found: `${table.length} numbers`,
      expected: `(1 + ${from[0]} × ${from[1]}) × ${D}`,
    })
  }
  const rowTaps = tapsOf(from[0], to[0], interpolation)
  const columnTaps = tapsOf(from[1], to[1], interpolation)
  const out = new Float32Array((1 + numel(to)) * D)
  out.set(table.subarray(0, D))
  let row = D
  for (const vertical of rowTaps) {
    for (const horizontal of columnTaps) {
      for (const [y, wy] of vertical) {
        for (const [x, wx] of horizontal) {
          const source = (1 + y * from[1] + x) * D
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
    return [-1, 0, 1, 2].map((offset) => [clamp(left + offset), cubic(Math.abs(t - offset))])
  })
}

/** Keys' cubic convolution kernel with a = −0.75, PyTorch's choice (Pillow's is −0.5). x ≥ 0 */
function cubic(x: number): number {
  const a = -0.75
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1
  if (x < 2) return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a
  return 0
}
