/** Numbers of this half in words. */

import { formatChange, formatPercent } from '../../../viz/format.ts'
import { decimal } from '../../../words/numbers.ts'
import { t } from './words/words.ts'

/** Annualised volatility: 23.4 %. */
export function said(volatility: number | null): string {
  return volatility === null ? '–' : formatPercent(volatility)
}

/** A change of volatility in percentage points: +1.2, −0.03. */
export function saidPoints(change: number | null): string {
  if (change === null) return '–'
  const points = 100 * change
  const text = decimal(Math.abs(points), Math.abs(points) < 1 ? 2 : 1)
  return Number(points.toFixed(2)) === 0 ? '0' : `${points > 0 ? '+' : '−'}${text}`
}

/** A difference that ought to be nothing: 0, or its power of ten. */
export function saidTiny(difference: number): string {
  if (Number.isNaN(difference)) return '–'
  if (difference === 0) return '0'
  const [digits, power = ''] = difference.toExponential(1).split('e')
  return `${decimal(Number(digits), 1)}e${power.replace('-', '−').replace('+', '')}`
}

export function saidMove(move: number): string {
  return move === 0 ? '0' : `${move > 0 ? '+' : '−'}${decimal(Math.abs(move) * 100, 0)} %`
}

export function saidScore(value: number): string {
  return Number.isNaN(value) ? '–' : formatChange(value).replace(/^\+/, '')
}

export function horizonName(days: number): string {
  return t('horizon', { days })
}

export function headName(head: number | 'mean'): string {
  return head === 'mean' ? t('heads.mean') : t('head.one', { head: head + 1 })
}

/** A regime of the page's model; another one is called by its own name. */
export function regimeName(name: string): string {
  const known = (['calm', 'normal', 'stressed'] as const).find((one) => one === name)
  return known ? t(`regime.${known}`) : name
}

/** Of a class token what it is for: "21d". */
export function shortName(label: string): string {
  return label.replace(/^\[CLS[_ ]?(.+)\]$/, '$1')
}

/** A share of a scale, without digits that a tick has no room for: 40 %. */
export function saidTick(value: number): string {
  return `${decimal(100 * value, 0)} %`
}
