/** Daily log returns of assets, and what is measured of them. */

import { ClsroomError } from '../../core/errors.ts'
import type { PriceTable } from './prices.ts'

/** [days, assets], oldest day first. */
export interface Returns {
  days: number
  assets: number
  data: Float64Array
}

/** The first day that has a whole window of returns behind it. @throws ClsroomError `input` where there is none */
export function firstDay({ dates }: PriceTable, window: number): number {
  if (dates.length > window) return window
  throw new ClsroomError('input', 'The table of prices has too few days', {
    found: `${dates.length} days`,
    expected: `at least ${window + 1}: a price, and ${window} more that make returns`,
    advice: 'Bring more of the past',
  })
}

/** The returns that are known on a day: the last `window` of them, the day's own at the end. */
export function windowOf(table: Pick<PriceTable, 'prices'>, day: number, window: number): Returns {
  return between(table, day - window, day)
}

/** The returns of the days after one: as many as there are, at most `most`. */
export function futureOf(table: Pick<PriceTable, 'prices'>, day: number, most: number): Returns {
  return between(table, day, Math.min(day + most, table.prices.length - 1))
}

/** Returns from the price of one day to that of another. */
function between({ prices }: Pick<PriceTable, 'prices'>, from: number, to: number): Returns {
  const days = to - from
  const assets = prices[from]?.length ?? 0
  const data = new Float64Array(days * assets)
  for (let day = 0; day < days; day++) {
    const [one, two] = [prices[from + day], prices[from + day + 1]] as [Float64Array, Float64Array]
    for (let a = 0; a < assets; a++) {
      data[day * assets + a] = Math.log(two[a] as number) - Math.log(one[a] as number)
    }
  }
  return { days, assets, data }
}

/** These assets alone, in this order. */
export function chosenAssets({ days, assets, data }: Returns, chosen: readonly number[]): Returns {
  const out = new Float64Array(days * chosen.length)
  for (let day = 0; day < days; day++) {
    chosen.forEach((a, i) => {
      out[day * chosen.length + i] = data[day * assets + a] as number
    })
  }
  return { days, assets: chosen.length, data: out }
}

/** What is done to an asset: a further return on the last day, and all returns times a factor. */
export interface Shock {
  move: number
  scale: number
}

export const NO_SHOCK: Shock = { move: 0, scale: 1 }

/** @param shocks by asset */
export function shocked(returns: Returns, shocks: ReadonlyMap<number, Shock>): Returns {
  if (shocks.size === 0) return returns
  const { days, assets } = returns
  const data = returns.data.map((value, i) => value * (shocks.get(i % assets)?.scale ?? 1))
  for (const [asset, { move }] of shocks) {
    const last = (days - 1) * assets + asset
    if (days > 0 && asset < assets) data[last] = (data[last] as number) + move
  }
  return { days, assets, data }
}

/** The returns of the equal-weight portfolio, balanced anew every day: the mean of the assets'. */
export function portfolioOf({ days, assets, data }: Returns): Float64Array {
  return Float64Array.from({ length: days }, (_, day) => {
    let sum = 0
    for (let a = 0; a < assets; a++) sum += data[day * assets + a] as number
    return sum / assets
  })
}

/** Annualised volatility of returns about zero, as the model's truth has it: √(days a year · mean r²). */
export function volatilityOf(returns: ArrayLike<number>, tradingDays: number): number {
  let sum = 0
  for (let i = 0; i < returns.length; i++) sum += (returns[i] as number) ** 2
  return Math.sqrt((tradingDays * sum) / returns.length)
}

/** Each asset's share of the portfolio's Σ r²: Euler's allocation, Σ rᵢ·r_p / (n · Σ r_p²); zeros where nothing moved. */
export function riskShares(returns: Returns): Float64Array {
  const { days, assets, data } = returns
  const whole = portfolioOf(returns)
  const total = whole.reduce((sum, value) => sum + value * value, 0)
  return Float64Array.from({ length: assets }, (_, a) => {
    if (total === 0) return 0
    let joint = 0
    for (let day = 0; day < days; day++) joint += (data[day * assets + a] as number) * (whole[day] as number)
    return joint / (assets * total)
  })
}
