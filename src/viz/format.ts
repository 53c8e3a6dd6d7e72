/** Numbers as people read them, in the reader's language. */

import { decimal } from '../words/numbers.ts'
import { t } from './words/words.ts'

/** An attention probability: 0, < 0.001, 0.123, 1. Never rounds a positive value to 0. */
export function formatValue(value: number): string {
  if (Number.isNaN(value)) return '–'
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size < 0.0005) return value < 0 ? `> −${decimal(0.001, 3)}` : `< ${decimal(0.001, 3)}`
  return decimal(value, size < 10 ? 3 : Math.max(0, 3 - Math.floor(Math.log10(size))))
}

/** For the inside of a cell: .12, 1, and nothing for what rounds to zero. */
export function formatCell(value: number): string {
  if (Number.isNaN(value) || Math.abs(value) < 0.005) return ''
  return decimal(value, 2)
    .replace(/0([.,])/, '$1')
    .replace(/1[.,]00/, '1')
}

/** A change, always with its sign; one smaller than what is printed is none. */
export function formatChange(value: number): string {
  if (Number.isNaN(value)) return formatValue(value)
  if (!isChange(value)) return '0'
  const text = formatValue(value)
  return value > 0 ? `+${text}` : text
}

/** Whether a difference of two values that are printed by `formatValue` is shown as a change. */
export function isChange(value: number): boolean {
  return Math.abs(value) >= 0.0005
}

/** A probability as a percentage: 97.3 %, 0.4 %, < 0.1 %. */
export function formatPercent(probability: number): string {
  if (Number.isNaN(probability)) return '–'
  const percent = probability * 100
  if (percent > 0 && percent < 0.1) return `< ${decimal(0.1, 1)} %`
  if (percent < 100 && percent > 99.9) return `> ${decimal(99.9, 1)} %`
  return `${decimal(percent, percent === 100 || percent === 0 ? 0 : 1)} %`
}

/** What formatPercent prints of a probability, in tenths of a percent. */
function tenths(probability: number): number {
  return Math.round(probability * 1000)
}

/** Whether two probabilities are the same as they are printed: then no change is shown between them. */
export function samePercent(before: number, after: number): boolean {
  return tenths(before) === tenths(after) || formatPercent(before) === formatPercent(after)
}

/** The change of a probability in percentage points, as the printed ones differ: +12.4, −0.3; null: none. */
export function formatPoints(before: number, after: number): string | null {
  if (samePercent(before, after)) return null
  const change = tenths(after) - tenths(before)
  return `${change > 0 ? '+' : ''}${decimal(change / 10, 1)}`
}

/** 4.2 ms, 38 ms, 1.3 s. */
export function formatMs(ms: number): string {
  if (ms >= 1000) return t('unit.s', { value: decimal(ms / 1000, 1) })
  return t('unit.ms', { value: decimal(ms, ms < 10 ? 1 : 0) })
}

const BYTES = ['B', 'kB', 'MB', 'GB'] as const

/** 512 B, 7.4 MB (powers of 1000, as browsers show downloads). */
export function formatBytes(bytes: number): string {
  let power = 0
  let amount = bytes
  while (amount >= 1000 && power < BYTES.length - 1) {
    amount /= 1000
    power++
  }
  return t(`unit.${BYTES[power] ?? 'B'}`, { value: decimal(amount, power === 0 || amount >= 100 ? 0 : 1) })
}
