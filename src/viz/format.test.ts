import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBytes, formatCell, formatChange, formatMs, formatPercent, formatPoints, formatValue } from './format.ts'

describe('formats', () => {
  it('never shows a positive probability as 0', () => {
    expect(formatValue(0)).toBe('0')
    expect(formatValue(1e-9)).toBe('< 0.001')
    expect(formatValue(0.1234)).toBe('0.123')
    expect(formatValue(1)).toBe('1.000')
    expect(formatValue(Number.NaN)).toBe('–')
  })

  it('signs changes', () => {
    expect(formatChange(0.25)).toBe('+0.250')
    expect(formatChange(-0.25)).toBe('−0.250')
    expect(formatChange(0)).toBe('0')
    expect(formatChange(Number.NaN)).toBe('–')
  })

  it('shows no change that the printed values do not show', () => {
    expect(formatPoints(0.9512, 0.9514)).toBeNull() // +0.0002 beside 95.1 → 95.1 %
    expect(formatPoints(0.9508, 0.9514)).toBeNull() // +0.0006, which rounds to 0.1, beside 95.1 → 95.1 %
    expect(formatPoints(0.9514, 0.9516)).toBe('+0.1') // 95.1 → 95.2 %
    expect(formatPoints(0.3, 0.25)).toBe('−5.0')
    expect(formatPoints(0.0003, 0.0007)).toBeNull() // < 0.1 → < 0.1 %
    expect(formatPoints(0.9994, 0.9996)).toBeNull() // > 99.9 → > 99.9 %
    expect(formatChange(0.0004)).toBe('0')
    expect(formatChange(-0.0004)).toBe('0')
    expect(formatChange(0.0005)).toBe('+0.001')
  })

  it('shows a change between two percentages exactly where they are printed differently, and as they differ', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(
        probability,
        fc.oneof(probability, fc.double({ min: -0.002, max: 0.002, noNaN: true })),
        (before, x) => {
          const after = Math.min(1, Math.max(0, x < 0.002 ? before + x : x))
          const shown = formatPoints(before, after)
          if (formatPercent(before) === formatPercent(after)) expect(shown).toBeNull()
          if (shown === null) return
          const [a, b] = [formatPercent(before), formatPercent(after)].map((text) => Number.parseFloat(text))
          if (Number.isFinite(a) && Number.isFinite(b))
            expect(Number.parseFloat(shown.replace('−', '-'))).toBeCloseTo((b as number) - (a as number), 6)
        },
      ),
    )
  })

  it('fits cells', () => {
    expect(formatCell(0.004)).toBe('')
    expect(formatCell(0.123)).toBe('.12')
    expect(formatCell(0.999)).toBe('1')
    expect(formatCell(-0.2)).toBe('−.20')
  })

  it('shows percentages, times and sizes', () => {
    expect(formatPercent(0.0004)).toBe('< 0.1 %')
    expect(formatPercent(0.9999)).toBe('> 99.9 %')
    expect(formatPercent(1)).toBe('100 %')
    expect(formatPercent(0.123)).toBe('12.3 %')
    expect(formatMs(4.21)).toBe('4.2 ms')
    expect(formatMs(1500)).toBe('1.5 s')
    expect(formatBytes(999)).toBe('999 B')
    expect(formatBytes(7_400_000)).toBe('7.4 MB')
  })
})
