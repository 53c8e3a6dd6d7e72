/** How the cells of a mask look, whichever colours values have (they are no values): a code a cell, and by code a colour, or hatching where nothing is read. */

import { rgb } from 'd3'
import { ramp, shadeOf, type Theme } from './colour.ts'

export interface BoardColour {
  fill: string
  /** Nothing is read here. */
  hatched?: boolean
  /** Set by hand: a dot in the middle. */
  dotted?: boolean
}

/** 0 closed, 1 readable, + 2 where it was painted by hand. */
export function maskColours(theme: Theme): BoardColour[] {
  const ink = ramp('ink', shadeOf(theme))
  const [closed, open] = [{ fill: ink(0), hatched: true }, { fill: ink(0.62) }]
  return [closed, open, { ...closed, dotted: true }, { ...open, dotted: true }]
}

/** By the layers that an input takes to a row: 0 itself, the sooner the darker; the last code is never. */
export function reachColours(theme: Theme, layers: number): BoardColour[] {
  const ink = ramp('ink', shadeOf(theme))
  const steps = Array.from({ length: layers + 1 }, (_, step) => ({
    fill: ink(0.95 - (0.75 * step) / Math.max(1, layers)),
  }))
  return [...steps, { fill: ink(0), hatched: true }]
}

/** By tiles, 2 · state + readable: empty is hatched, of a partial one the closed cells are tinted, a full one is dark. */
export function tileColours(theme: Theme): BoardColour[] {
  const ink = ramp('ink', shadeOf(theme))
  const empty = { fill: ink(0), hatched: true }
  return [empty, empty, { fill: ink(0.18) }, { fill: ink(0.5) }, { fill: ink(0.85) }, { fill: ink(0.85) }]
}

/** Of two masks: 0 neither reads, 1 both, 2 the first alone, 3 the second alone. */
export function pairColours(theme: Theme): BoardColour[] {
  const [ink, two] = [ramp('ink', shadeOf(theme)), ramp('diverging', theme)]
  return [{ fill: ink(0), hatched: true }, { fill: ink(0.3) }, { fill: two(0.1) }, { fill: two(0.88) }]
}

/** One pixel a cell, RGBA. */
export function boardPixels(codes: Uint8Array, colours: readonly BoardColour[]): Uint8ClampedArray<ArrayBuffer> {
  const table = colours.map(({ fill }) => rgb(fill))
  const pixels = new Uint8ClampedArray(codes.length * 4)
  for (let i = 0; i < codes.length; i++) {
    const colour = table[codes[i] as number]
    if (!colour) continue
    pixels[4 * i] = colour.r
    pixels[4 * i + 1] = colour.g
    pixels[4 * i + 2] = colour.b
    pixels[4 * i + 3] = 255
  }
  return pixels
}
