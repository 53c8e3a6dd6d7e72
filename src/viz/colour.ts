/**
 * Colour scales for values. Kind colours live in the stylesheet (`src/app/styles/kinds.css`); a canvas cannot read CSS
 * gradients, so the scales are here.
 *
 * `ink` runs from the page to the pen: paper → ink blue in light, blackboard → chalk in dark, with lightness strictly
 * monotonic, so that it reads on a weak projector, in greyscale print and to colour-blind eyes.
 */

import { interpolateLab, lab, piecewise, rgb } from 'd3'

export type Theme = 'light' | 'dark'
export type ScaleName = 'ink' | 'glow' | 'diverging'

const STOPS: Record<ScaleName, Record<Theme, readonly string[]>> = {
  ink: {
    light: ['#fffdf7', '#d3e4de', '#8fbcc4', '#4a86ad', '#24508a', '#161d4a'],
    dark: ['#1a2122', '#1f4650', '#2c7480', '#58a692', '#b4d490', '#fff8d0'],
  },
  // Over a photograph: the same order of lightness in both themes.
  glow: {
    light: ['#1c1044', '#3b3f8f', '#26828e', '#4dbe73', '#f4e61e'],
    dark: ['#1c1044', '#3b3f8f', '#26828e', '#4dbe73', '#f4e61e'],
  },
  // Less than before ← equal → more than before. Blue and orange: safe for colour-blind eyes.
  diverging: {
    light: ['#163f77', '#5f95c4', '#c3d8e4', '#fffdf7', '#f5cfae', '#dc8443', '#8c3a08'],
    dark: ['#a9d4ff', '#4f8ac0', '#28475c', '#1a2122', '#5c3a22', '#c97433', '#ffd2a1'],
  },
}

/** Colour at t in [0, 1]; a diverging scale is neutral at 0.5. */
export type ColourRamp = (t: number) => string

const ramps = new Map<string, ColourRamp>()
const tables = new Map<string, Uint8ClampedArray>()

/** The named ramp as a function of t in [0, 1], clamped; NaN gives the neutral end. */
export function ramp(name: ScaleName, theme: Theme): ColourRamp {
  const id = `${name}/${theme}`
  let found = ramps.get(id)
  if (!found) {
    const inner = piecewise(interpolateLab, [...STOPS[name][theme]])
    const neutral = name === 'diverging' ? 0.5 : 0
    found = (t) => inner(Number.isNaN(t) ? neutral : Math.min(1, Math.max(0, t)))
    ramps.set(id, found)
  }
  return found
}

/** 256 colours of a ramp as RGB bytes, for painting pixels. */
export function rampTable(name: ScaleName, theme: Theme): Uint8ClampedArray {
  const id = `${name}/${theme}`
  let table = tables.get(id)
  if (!table) {
    table = new Uint8ClampedArray(256 * 3)
    const colour = ramp(name, theme)
    for (let i = 0; i < 256; i++) {
      const { r, g, b } = rgb(colour(i / 255))
      table.set([r, g, b], i * 3)
    }
    tables.set(id, table)
  }
  return table
}

/** `root` colours by the square root: small values show beside one that dominates, as a sink token does. */
export type Contrast = 'linear' | 'root'

/** Where a value falls on a ramp: [0, bound] for sequential scales, [−bound, bound] for diverging ones. */
export function rampPosition(value: number, bound: number, name: ScaleName, contrast: Contrast = 'linear'): number {
  if (!(bound > 0)) return name === 'diverging' ? 0.5 : 0
  const part = value / bound
  const t = contrast === 'root' ? Math.sign(part) * Math.sqrt(Math.abs(part)) : part
  return name === 'diverging' ? 0.5 + t / 2 : t
}

/** Black or white text, whichever reads better: their contrasts meet, at 4.58, at CIE lightness 49.4. */
export function textOn(colour: string): '#000000' | '#ffffff' {
  return lab(colour).l > 49.4 ? '#000000' : '#ffffff'
}
