/** What a portfolio model's forecast is held against: EWMA and HAR of the same window, and what came. As training/portfolio/{baselines,market}.py. */

import type { PortfolioInfo, VolatilityBaselines } from '../../core/portfolio.ts'
import { ewmaWeights } from './features.ts'
import { portfolioOf, type Returns, riskShares } from './returns.ts'

type Rules = Pick<PortfolioInfo, 'tradingDays' | 'floor' | 'horizons'>

/** Log of the annualised volatility, by horizon. */
export interface PlainForecasts {
  ewma: number[]
  har: number[]
}

/** @param whole the portfolio's returns of the window, oldest first */
export function plainForecasts(whole: Float64Array, { ewma, har }: VolatilityBaselines, rules: Rules): PlainForecasts {
  const { tradingDays, floor, horizons } = rules
  const log = (meanSquare: number) => Math.log(Math.sqrt(meanSquare * tradingDays))
  const weights = ewmaWeights(ewma.decay, whole.length)
  // A portfolio that never moved has no logarithm but the floor's.
  const moving = log(Math.max(floor ** 2, sum(whole.map((value, t) => (weights[t] as number) * value * value))))
  const columns = [1, ...har.spans.map((span) => log(Math.max(floor ** 2, meanSquareOf(whole.slice(-span)))))]
  return {
    ewma: horizons.map((_, h) => moving + (ewma.shift[h] as number)),
    har: horizons.map((_, h) => {
      const weighed = (har.coefficients[h] as number[]).map((weight, i) => weight * (columns[i] as number))
      return weighed.reduce((total, value) => total + value, 0) + (har.shift[h] as number)
    }),
  }
}

/** What came after a day, as far as it is known: a horizon that reaches beyond the table has null. */
export interface Truth {
  /** Log of the annualised volatility, by horizon. */
  logVolatility: (number | null)[]
  /** The portfolio's return, by horizon. */
  returns: (number | null)[]
  /** Number of the regime, and each asset's share of the risk, of the longest horizon. */
  regime: number | null
  riskShares: Float64Array | null
}

/** @param future the returns of the days after, as many as are known */
export function truthOf(future: Returns, rules: Rules & Pick<PortfolioInfo, 'thresholds'>): Truth {
  const { horizons, floor, tradingDays, thresholds } = rules
  const whole = portfolioOf(future)
  const known = <T>(days: number, value: (of: Float64Array) => T): T | null =>
    days <= whole.length ? value(whole.slice(0, days)) : null
  const logVolatility = horizons.map((days) =>
    known(days, (of) => Math.log(Math.sqrt(Math.max(floor ** 2, meanSquareOf(of)) * tradingDays))),
  )
  const longest = Math.max(...horizons)
  const last = logVolatility[horizons.indexOf(longest)] ?? null
  return {
    logVolatility,
    returns: horizons.map((days) => known(days, sum)),
    regime: last === null ? null : regimeOf(last, thresholds),
    riskShares: last === null ? null : riskShares(firstDays(future, longest)),
  }
}

/** How many thresholds a log volatility lies above. */
export function regimeOf(logVolatility: number, thresholds: readonly number[]): number {
  return thresholds.filter((threshold) => logVolatility > threshold).length
}

function firstDays({ assets, data }: Returns, days: number): Returns {
  return { days, assets, data: data.slice(0, days * assets) }
}

function meanSquareOf(values: Float64Array): number {
  return sum(values.map((value) => value * value)) / values.length
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
