/**
 * Colour scales for values. Kind colours live in the stylesheet (`src/app/styles/kinds.css`); a canvas cannot read CSS
 * gradients, so the scales are here.
 *
 * `ink` runs from the page to the pen: paper → ink blue in light, blackboard → chalk in dark, with lightness strictly
 * monotonic, so that it reads on a weak projector, in greyscale print and to colour-blind eyes. The reader may choose viridis,
 * cividis or greys in its place; differences stay blue and orange, which no kind of colour blindness confuses.
 */

import { interpolateLab, lab, piecewise, rgb } from 'd3'

export type Shade = 'light' | 'dark'
/** What the reader chose for values in the place of the page's own colours. */
export type ColourMap = 'viridis' | 'cividis' | 'greys'
export const COLOUR_MAPS: readonly ColourMap[] = ['viridis', 'cividis', 'greys']
/** How values are shown: on paper or on a blackboard, and by which colours. */
export type Theme = Shade | `${Shade} ${ColourMap}`
export type ScaleName = 'ink' | 'glow' | 'diverging'

type Stops = Record<Shade, readonly string[]>
const both = (stops: readonly string[]): Stops => ({ light: stops, dark: stops })

const STOPS: Record<ScaleName, Stops> = {
  ink: {
    light: ['#fffdf7', '#d3e4de', '#8fbcc4', '#4a86ad', '#24508a', '#161d4a'],
    dark: ['#1a2122', '#1f4650', '#2c7480', '#58a692', '#b4d490', '#fff8d0'],
  },
  // Over a photograph: the same order of lightness in both themes.
  glow: both(['#1c1044', '#3b3f8f', '#26828e', '#4dbe73', '#f4e61e']),
  // Less than before ← equal → more than before. Blue and orange: safe for colour-blind eyes.
  diverging: {
    light: ['#163f77', '#5f95c4', '#c3d8e4', '#fffdf7', '#f5cfae', '#dc8443', '#8c3a08'],
    dark: ['#a9d4ff', '#4f8ac0', '#28475c', '#1a2122', '#5c3a22', '#c97433', '#ffd2a1'],
  },
}

const sequential = (hexes: string): Record<'ink' | 'glow', Stops> => {
  const stops = both(hexes.split(' ').map((hex) => `#${hex}`))
  return { ink: stops, glow: stops }
}

/** Matplotlib's maps run from dark to light on any page; the test holds these stops to d3's. Greys begin at the page, but over a photo. */
const CHOSEN: Record<ColourMap, Record<'ink' | 'glow', Stops>> = {
  viridis: sequential('440154 482475 414487 355f8d 2a788e 21918c 22a884 44bf70 7ad151 bddf26 fde725'),
  cividis: sequential('002051 0a326a 2b446e 4d566d 696970 7f7c75 948f78 ada476 caba6a ead156 fdea45'),
  greys: { ink: { light: ['#ffffff', '#000000'], dark: ['#000000', '#ffffff'] }, glow: both(['#000000', '#ffffff']) },
}

export function shadeOf(theme: Theme): Shade {
  return theme.startsWith('light') ? 'light' : 'dark'
}

function stopsOf(name: ScaleName, theme: Theme): readonly string[] {
  const map = COLOUR_MAPS.find((one) => theme.endsWith(one))
  return (map && name !== 'diverging' ? CHOSEN[map][name] : STOPS[name])[shadeOf(theme)]
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
    const inner = piecewise(interpolateLab, [...stopsOf(name, theme)])
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

/** Whether the cells of what is 0 are light or dark: what is hatched over them has to be seen. */
export function groundOf(name: ScaleName, theme: Theme): Shade {
  const zero = ramp(name, theme)(name === 'diverging' ? 0.5 : 0)
  return textOn(zero) === '#000000' ? 'light' : 'dark'
}

/** Black or white text, whichever reads better: their contrasts meet, at 4.58, at CIE lightness 49.4. */
export function textOn(colour: string): '#000000' | '#ffffff' {
  return lab(colour).l > 49.4 ? '#000000' : '#ffffff'
}
