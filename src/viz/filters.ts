/** Patch filters as pictures. */

import { norm } from '../core/vectors.ts'

/** The order of filters [D, C, P, P] by their norm, largest first. */
export function filtersByNorm(filters: Float32Array, count: number) {
  const size = filters.length / count
  return Array.from({ length: count }, (_, index) => ({
    index,
    norm: norm(filters.subarray(index * size, (index + 1) * size)),
  })).sort((a, b) => b.norm - a.norm || a.index - b.index)
}

/**
 * One filter as colours: grey is 0, and the largest weight of the filter reaches full red, green or blue.
 * @param filter [C, P, P], with 3 channels (or 1: shown as grey)
 * @returns RGBA [P, P, 4]
 */
export function filterPixels(filter: Float32Array, channels: number, side: number): Uint8ClampedArray<ArrayBuffer> {
  const top = filter.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1
  const pixels = new Uint8ClampedArray(side * side * 4)
  for (let i = 0; i < side * side; i++) {
    for (let c = 0; c < 3; c++) {
      const weight = filter[(channels === 3 ? c : 0) * side * side + i] as number
      pixels[i * 4 + c] = 127.5 + (127.5 * weight) / top
    }
    pixels[i * 4 + 3] = 255
  }
  return pixels
}
