import { interpolateCividis, interpolateViridis, lab, rgb } from 'd3'
import { describe, expect, it } from 'vitest'
import { COLOUR_MAPS, groundOf, ramp, rampPosition, rampTable, type Theme, textOn } from './colour.ts'

const THEMES: Theme[] = ['light', 'dark']
/** Those with the colours that a reader may choose, too. */
const ALL = (['light', 'dark'] as const).flatMap((shade): Theme[] => [
  shade,
  ...COLOUR_MAPS.map((map) => `${shade} ${map}` as const),
])
const steps = Array.from({ length: 101 }, (_, i) => i / 100)

describe('ramps', () => {
  it.each(ALL)('sequential ones run monotonically in luminance: %s', (theme) => {
    for (const name of ['ink', 'glow'] as const) {
      const colour = ramp(name, theme)
      const way = Math.sign(luminance(colour(1)) - luminance(colour(0)))
      for (let i = 1; i < steps.length; i++) {
        const [from, to] = [steps[i - 1] as number, steps[i] as number].map((t) => luminance(colour(t)))
        expect(way * ((to as number) - (from as number))).toBeGreaterThan(0)
      }
      expect(contrast(colour(0), colour(1)), 'from end to end').toBeGreaterThan(10)
    }
  })

  it.each([
    ['viridis', interpolateViridis],
    ['cividis', interpolateCividis],
  ] as const)('%s is the one that d3 has', (map, published) => {
    for (const theme of [`light ${map}`, `dark ${map}`] as const) {
      for (const name of ['ink', 'glow'] as const) {
        const colour = ramp(name, theme)
        expect([colour(0), colour(1)].map(hex)).toEqual([published(0), published(1)].map(hex))
        for (const t of steps) expect(distance(colour(t), published(t))).toBeLessThan(3.5)
      }
    }
  })

  it('greys have no hue, and begin at the page', () => {
    for (const t of steps)
      expect(Math.hypot(lab(ramp('ink', 'light greys')(t)).a, lab(ramp('ink', 'light greys')(t)).b)).toBeLessThan(0.1)
    expect(['light greys', 'dark greys'].map((theme) => hex(ramp('ink', theme as Theme)(0)))).toEqual([
      '#ffffff',
      '#000000',
    ])
  })

  it.each(ALL)('differences keep their colours, and their sign is seen by colour-blind eyes: %s', (theme) => {
    const colour = ramp('diverging', theme)
    expect(colour(0.2)).toBe(ramp('diverging', theme.startsWith('light') ? 'light' : 'dark')(0.2))
    for (const eyes of Object.values(COLOUR_BLIND)) {
      for (const t of [0.05, 0.15, 0.25])
        expect(distance(seenBy(eyes, colour(t)), seenBy(eyes, colour(1 - t)))).toBeGreaterThan(25)
    }
  })

  it('says what hatching lies on', () => {
    const grounds = (['light', 'dark', 'light viridis', 'dark greys', 'light greys'] as const).map((theme) =>
      groundOf('ink', theme),
    )
    expect(grounds).toEqual(['light', 'dark', 'dark', 'dark', 'light'])
    expect([groundOf('diverging', 'light viridis'), groundOf('diverging', 'dark greys')]).toEqual(['light', 'dark'])
  })

  it.each(THEMES)('diverging is as light on one side as on the other in the %s theme', (theme) => {
    const colour = ramp('diverging', theme)
    for (const t of [0.1, 0.2, 0.3, 0.4]) expect(Math.abs(lab(colour(t)).l - lab(colour(1 - t)).l)).toBeLessThan(12)
  })

  it('clamps, and gives NaN the neutral colour', () => {
    const colour = ramp('diverging', 'light')
    expect(colour(-3)).toBe(colour(0))
    expect(colour(7)).toBe(colour(1))
    expect(colour(Number.NaN)).toBe(colour(0.5))
    expect(ramp('ink', 'light')(Number.NaN)).toBe(ramp('ink', 'light')(0))
  })

  it('tabulates the same colours', () => {
    const table = rampTable('ink', 'dark')
    const { r, g, b } = rgb(ramp('ink', 'dark')(128 / 255))
    expect([...table.slice(384, 387)]).toEqual([Math.round(r), Math.round(g), Math.round(b)])
  })
})

describe('rampPosition', () => {
  it('puts zero at the start of a sequential scale and in the middle of a diverging one', () => {
    expect(rampPosition(0, 0.5, 'ink')).toBe(0)
    expect(rampPosition(0.25, 0.5, 'ink')).toBe(0.5)
    expect(rampPosition(0, 0.5, 'diverging')).toBe(0.5)
    expect(rampPosition(-0.5, 0.5, 'diverging')).toBe(0)
  })

  it('lifts small values by their root, on both sides', () => {
    expect(rampPosition(0.25, 1, 'ink', 'root')).toBe(0.5)
    expect(rampPosition(-0.25, 1, 'diverging', 'root')).toBe(0.25)
  })

  it('survives a map of zeros', () => {
    expect(rampPosition(0, 0, 'ink')).toBe(0)
    expect(rampPosition(0, 0, 'diverging')).toBe(0.5)
  })
})

describe('textOn', () => {
  it.each(ALL)('reads on every colour of every ramp: %s', (theme) => {
    for (const name of ['ink', 'glow', 'diverging'] as const) {
      for (const t of steps) {
        const colour = ramp(name, theme)(t)
        expect(contrast(textOn(colour), colour)).toBeGreaterThan(4.5)
      }
    }
  })
})

const hex = (colour: string) => rgb(colour).formatHex()

/** CIE76: about 2 is the least that is seen. */
function distance(a: string, b: string): number {
  const [x, y] = [lab(a), lab(b)]
  return Math.hypot(x.l - y.l, x.a - y.a, x.b - y.b)
}

/** Linear RGB as full protanopes, deuteranopes and tritanopes see it: Machado, Oliveira and Fernandes 2009, severity 1. */
const COLOUR_BLIND = {
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
}

function seenBy(eyes: readonly number[], colour: string): string {
  const from = linear(colour)
  const at = (row: number) => {
    const v = Math.min(
      1,
      Math.max(
        0,
        from.reduce((sum, x, i) => sum + x * (eyes[3 * row + i] as number), 0),
      ),
    )
    return 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055)
  }
  return rgb(at(0), at(1), at(2)).formatRgb()
}

/** WCAG 2.2 contrast ratio. */
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

function luminance(colour: string): number {
  const [r, g, b] = linear(colour)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function linear(colour: string): [r: number, g: number, b: number] {
  const { r, g, b } = rgb(colour)
  const one = (v: number) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)
  return [one(r), one(g), one(b)]
}
