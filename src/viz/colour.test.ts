import { lab, rgb } from 'd3'
import { describe, expect, it } from 'vitest'
import { ramp, rampPosition, rampTable, type Theme, textOn } from './colour.ts'

const THEMES: Theme[] = ['light', 'dark']
const steps = Array.from({ length: 101 }, (_, i) => i / 100)

describe('ramps', () => {
  it.each(THEMES)('ink runs monotonically in lightness in the %s theme', (theme) => {
    const lightness = steps.map((t) => lab(ramp('ink', theme)(t)).l)
    const way = theme === 'light' ? -1 : 1
    for (let i = 1; i < lightness.length; i++) {
      expect(way * ((lightness[i] ?? 0) - (lightness[i - 1] ?? 0))).toBeGreaterThan(-1e-6)
    }
  })

  it('glow runs monotonically in lightness', () => {
    const lightness = steps.map((t) => lab(ramp('glow', 'light')(t)).l)
    for (let i = 1; i < lightness.length; i++) expect(lightness[i]).toBeGreaterThan((lightness[i - 1] ?? 0) - 1e-6)
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
  it.each(THEMES)('reads on every colour of every ramp in the %s theme', (theme) => {
    for (const name of ['ink', 'diverging'] as const) {
      for (const t of steps) {
        const colour = ramp(name, theme)(t)
        expect(contrast(textOn(colour), colour)).toBeGreaterThan(4.5)
      }
    }
  })
})

/** WCAG 2.2 contrast ratio. */
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

function luminance(colour: string): number {
  const { r, g, b } = rgb(colour)
  const [x = 0, y = 0, z = 0] = [r, g, b].map((v) => {
    const c = v / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * x + 0.7152 * y + 0.0722 * z
}
