/**
 * From daily returns to what clsroom-portfolio reads of each asset: 52 numbers, all made of the window's returns and of nothing after them.
 * The same as training/portfolio/features.py, number by number; golden vectors of that file hold it to this.
 */

import { ClsroomError } from '../../core/errors.ts'
import type { PortfolioInfo } from '../../core/portfolio.ts'
import { portfolioOf, type Returns } from './returns.ts'

const LAGS = 21
const SPANS = [5, 21, 63, 126]
const DECAYS = [0.94, 0.8]
/** Days that an asset's usual move is measured over. */
const USUAL = 63
const MOMENTA = [5, 21, 63]
/** A smaller move is none. */
const STILL = 1e-6
const LARGEST = 6

type Rules = Pick<PortfolioInfo, 'tradingDays' | 'floor'>

/** In the order in which a row has them. */
export const FEATURE_NAMES: readonly string[] = [
  ...Array.from({ length: LAGS }, (_, lag) => `return[-${lag + 1}] / vol63`),
  ...[...SPANS.map((span) => `${span}d`), ...DECAYS.map((decay) => `ewma${decay}`)].flatMap((name) => [
    `log vol ${name}`,
    `marginal risk ${name}`,
    `beta ${name}`,
    `correlation ${name}`,
  ]),
  'log downside vol 21d',
  'drawdown 126d',
  ...MOMENTA.map((span) => `momentum ${span}d`),
  'largest move 5d',
  'days without a move 21d',
]

/** @throws ClsroomError `unsupported` for a model that reads other features than these */
export function expectOurFeatures({ featureNames, window }: PortfolioInfo): void {
  const ours =
    featureNames.length === FEATURE_NAMES.length && featureNames.every((name, i) => name === FEATURE_NAMES[i])
  const longest = Math.max(...SPANS)
  if (ours && window >= longest) return
  const other = featureNames.find((name, i) => name !== FEATURE_NAMES[i])
  throw new ClsroomError('unsupported', 'This model reads features that the page does not make of prices', {
    found: ours ? `a window of ${window} days` : (other ?? `${featureNames.length} features`),
    expected: `those of clsroom-portfolio, of ${longest} days or more`,
    advice: 'Call forward of window.clsroom with features of your own',
  })
}

/** @returns [assets, 52] */
export function featuresOf(returns: Returns, { tradingDays, floor }: Rules): Float32Array {
  const { days, assets, data } = returns
  const whole = portfolioOf(returns)
  const year = Math.sqrt(tradingDays)
  const schemes = [
    ...SPANS.map((span) => evenWeights(span, days)),
    ...DECAYS.map((decay) => ewmaWeights(decay, days)),
  ].map((weights) => ({
    weights,
    total: Math.max(floor ** 2, weighed(weights, whole, whole)),
  }))
  const rows = new Float32Array(assets * FEATURE_NAMES.length)
  for (let a = 0; a < assets; a++) {
    const r = Float64Array.from({ length: days }, (_, t) => data[t * assets + a] as number)
    const last = (span: number) => r.subarray(days - span)
    const usual = Math.max(floor, Math.sqrt(meanSquare(last(USUAL))))
    const row: number[] = []
    for (let lag = 1; lag <= LAGS; lag++) row.push((r[days - lag] as number) / usual / 1.5)
    for (const { weights, total } of schemes) {
      const own = Math.max(floor ** 2, weighed(weights, r, r))
      const joint = weighed(weights, r, whole)
      row.push(
        (Math.log(Math.sqrt(own) * year) + 1.3) / 0.5,
        ((joint / Math.sqrt(total)) * year - 0.18) / 0.15, // its mean over the assets is the portfolio's volatility
        joint / total - 1,
        (joint / Math.sqrt(own * total) - 0.5) * 3,
      )
    }
    const downside = Math.max(floor ** 2, meanSquare(last(21).map((value) => Math.min(0, value))))
    row.push((Math.log(Math.sqrt(downside) * year) + 1.7) / 0.5)
    row.push(belowTop(r) / (usual * 5) + 1)
    for (const span of MOMENTA) row.push(last(span).reduce((sum, value) => sum + value, 0) / (usual * Math.sqrt(span)))
    row.push(Math.max(...last(5).map(Math.abs)) / usual / 1.5 - 1)
    row.push((last(21).filter((value) => Math.abs(value) < STILL).length / 21) * 5)
    rows.set(
      row.map((value) => Math.max(-LARGEST, Math.min(LARGEST, value))),
      a * FEATURE_NAMES.length,
    )
  }
  return rows
}

/** Σ weights · a · b over the days. */
function weighed(weights: Float64Array, a: Float64Array, b: Float64Array): number {
  return weights.reduce((sum, weight, t) => sum + weight * (a[t] as number) * (b[t] as number), 0)
}

function meanSquare(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0) / values.length
}

/** How far the level of the last day is below the highest of the window, which is 0 or less. */
function belowTop(returns: Float64Array): number {
  let level = 0
  let top = Number.NEGATIVE_INFINITY
  for (const value of returns) {
    level += value
    top = Math.max(top, level)
  }
  return level - top
}

function evenWeights(span: number, days: number): Float64Array {
  return Float64Array.from({ length: days }, (_, t) => (t >= days - span ? 1 / span : 0))
}

/** The newest day heaviest; they add up to 1 (RiskMetrics 1996). */
export function ewmaWeights(decay: number, days: number): Float64Array {
  const weights = Float64Array.from({ length: days }, (_, t) => decay ** (days - 1 - t))
  const total = weights.reduce((sum, value) => sum + value, 0)
  return weights.map((value) => value / total)
}
