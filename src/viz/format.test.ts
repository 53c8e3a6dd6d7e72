import { describe, expect, it } from 'vitest'
import { formatBytes, formatCell, formatChange, formatMs, formatPercent, formatValue } from './format.ts'

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
