/** Values to pixels: the fastest way to draw a large map is one pixel a cell, scaled up by the canvas. */

import { type Contrast, rampPosition, rampTable, type ScaleName, type Theme } from './colour.ts'

export interface PixelStyle {
  scale: ScaleName
  theme: Theme
  bound: number // the value at the end of the ramp
  contrast?: Contrast
}

/** Opaque RGBA bytes of a matrix of values. @param values [rows × columns] @returns [rows × columns × 4] */
export function valuePixels(
  values: ArrayLike<number>,
  { scale, theme, bound, contrast }: PixelStyle,
): Uint8ClampedArray<ArrayBuffer> {
  const table = rampTable(scale, theme)
  const neutral = scale === 'diverging' ? 0.5 : 0
  const pixels = new Uint8ClampedArray(values.length * 4)
  for (let i = 0; i < values.length; i++) {
    const t = rampPosition(values[i] as number, bound, scale, contrast)
    const at = Math.max(0, Math.min(255, Math.round((Number.isNaN(t) ? neutral : t) * 255))) * 3
    pixels[i * 4] = table[at] as number
    pixels[i * 4 + 1] = table[at + 1] as number
    pixels[i * 4 + 2] = table[at + 2] as number
    pixels[i * 4 + 3] = 255
  }
  return pixels
}
