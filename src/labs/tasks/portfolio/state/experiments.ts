/** Runs beside the shown one: assets masked one by one, put in another order, days walked through, the future replaced. */

import { normal } from '../../../../core/random.ts'
import type { LoadedModel } from '../../../../engine/protocol.ts'
import { plainForecasts, truthOf } from '../../../../loaders/portfolio/forecasts.ts'
import type { PriceTable } from '../../../../loaders/portfolio/prices.ts'
import { firstDay, futureOf, portfolioOf, windowOf } from '../../../../loaders/portfolio/returns.ts'
import { remove, setStatus } from '../../../../sequence/edit.ts'
import { shuffledRows } from '../../../../sequence/rows.ts'
import type { Token } from '../../../../sequence/token.ts'
import type { Engine } from '../../../../state/engine.ts'
import type { Step } from '../../../../state/job.ts'
import type { Market, Sample } from './market.ts'
import { assetsInEffect, classReadings } from './reads.ts'
import {
  assetTokens,
  logVolatility,
  type PortfolioDoc,
  type PortfolioRun,
  portfolioInfo,
  runPortfolio,
  unedited,
} from './run.ts'

type Runs = Pick<Engine, 'forward'>

/** Answers alone: no map is read back. */
const ANSWERS = { attentions: false, hiddenStates: false } as const

function variant(engine: Runs, { model, market }: Pick<PortfolioRun, 'model' | 'market'>, doc: PortfolioDoc) {
  return runPortfolio(engine, { model, market, doc, layer: 0 }, ANSWERS)
}

/** Annualised volatility by horizon; null where its token was removed. */
export function volatilities({ model, result }: Pick<PortfolioRun, 'model' | 'result'>): (number | null)[] {
  return portfolioInfo(model.info).horizons.map((days) => {
    const log = logVolatility(result, days)
    return log === null ? null : Math.exp(log)
  })
}

/** What one asset does to the forecast of each horizon: volatility with it, less that without. */
export interface AssetEffect {
  token: Token
  /** Nobody may read its token; the others' features still know of it. */
  masked: (number | null)[]
  /** It is out of the portfolio: the others' features are made without it. Null where it is the last one. */
  out: (number | null)[] | null
}

/** Every asset that is read, taken away in two ways. */
export async function assetEffects(engine: Runs, run: PortfolioRun, step: Step<AssetEffect[]>): Promise<AssetEffect[]> {
  const { doc } = run
  const whole = volatilities(run)
  const without = async (changed: PortfolioDoc) => {
    const found = volatilities(await variant(engine, run, changed))
    return whole.map((value, h) => (value === null ? null : value - (found[h] as number)))
  }
  const base =
    doc.leaves === 'portfolio' ? whole : volatilities(await variant(engine, run, { ...doc, leaves: 'portfolio' }))
  const assets = assetTokens(run.tokens).filter(({ status }) => status === 'read')
  const effects: AssetEffect[] = []
  for (const token of assets) {
    const masked = await without({ ...doc, sequence: setStatus(doc.sequence, [token.key], 'masked') })
    let out: AssetEffect['out'] = null
    if (assets.length > 1) {
      const left = { ...doc, leaves: 'portfolio' as const, sequence: remove(doc.sequence, [token.key]) }
      const found = volatilities(await variant(engine, run, left))
      out = base.map((value, h) => (value === null ? null : value - (found[h] as number)))
    }
    effects.push({ token, masked, out })
    if (!step(effects.length, assets.length, [...effects])) break
  }
  return effects
}

export interface OrderCheck {
  orders: number
  /** The largest difference of any answer from the shown run's; the pointer's are compared asset by asset. */
  largest: number
}

/** The assets in other orders, by lot. */
export async function orderCheck(
  engine: Runs,
  run: PortfolioRun,
  orders: number,
  step: Step<OrderCheck>,
): Promise<OrderCheck> {
  const here = await variant(engine, run, run.doc)
  let check: OrderCheck = { orders: 0, largest: 0 }
  for (let seed = 1; seed <= orders; seed++) {
    const there = await variant(engine, run, { ...run.doc, sequence: shuffledRows(run.doc.sequence, seed) })
    check = { orders: seed, largest: Math.max(check.largest, furthest(here, there)) }
    if (!step(seed, orders, check)) break
  }
  return check
}

/** The largest difference of any answer of two runs of the same tokens. */
export function furthest(a: PortfolioRun, b: PortfolioRun): number {
  const places = new Map(assetTokens(b.tokens).map(({ key }, i) => [key, i]))
  return Object.entries(a.result.logits).reduce((most, [name, { data }]) => {
    const other = b.result.logits[name]?.data
    const differences = Array.from(data, (value, i) => {
      const place = name === 'pointer' ? places.get(assetTokens(a.tokens)[i]?.key ?? -1) : i
      return Math.abs(value - (other?.[place ?? -1] ?? Number.NaN))
    })
    return Math.max(most, ...differences)
  }, 0)
}

export interface LookAheadCheck {
  /** How many days after the last known one were replaced by noise. */
  days: number
  /** The largest difference of any answer then, and when the last known day is replaced, too. */
  future: number
  control: number
}

const NOISE = 0.05

/** Prices from a day on wander by lot. */
export function replacedFrom(table: PriceTable, from: number, seed = 1): PriceTable {
  const next = normal(seed)
  const prices = table.prices.map((row) => Float64Array.from(row))
  for (let day = Math.max(1, from); day < prices.length; day++) {
    const before = prices[day - 1] as Float64Array
    prices[day] = before.map((price) => price * Math.exp(NOISE * next()))
  }
  return { ...table, prices }
}

/** Features of a day use nothing after it: with another future, the answer of the day is the same. */
export async function lookAheadCheck(engine: Runs, run: PortfolioRun): Promise<LookAheadCheck> {
  const { market, doc } = run
  const on = (table: PriceTable) => variant(engine, { ...run, market: { ...market, table } }, doc)
  const here = await on(market.table)
  // A table that ends with the day has no future: one is made up.
  const last = market.table.prices.at(-1) as Float64Array
  const longer =
    doc.day < market.table.prices.length - 1
      ? market.table
      : { ...market.table, prices: [...market.table.prices, last], dates: [...market.table.dates, ''] }
  const [future, control] = [await on(replacedFrom(longer, doc.day + 1)), await on(replacedFrom(longer, doc.day))]
  return {
    days: longer.prices.length - 1 - doc.day,
    future: furthest(here, future),
    control: furthest(here, control),
  }
}

/** The forecasts of one day, and what came: log volatility by horizon. */
export interface WalkedDay {
  date: string
  model: (number | null)[]
  ewma: number[] | null
  har: number[] | null
  truth: (number | null)[]
}

/** Every `every`-th day of a table, from the first that has a window behind it: all assets, no edits. */
export async function walk(
  engine: Runs,
  { model, market }: Pick<PortfolioRun, 'model' | 'market'>,
  every: number,
  step: Step<WalkedDay[]>,
): Promise<WalkedDay[]> {
  const rules = portfolioInfo(model.info)
  const { table } = market
  const first = firstDay(table, rules.window)
  const days = Array.from({ length: Math.ceil((table.dates.length - first) / every) }, (_, i) => first + i * every)
  const sequence = unedited(model, market)
  const walked: WalkedDay[] = []
  for (const day of days) {
    const doc: PortfolioDoc = {
      model: model.id,
      sequence,
      base: sequence,
      day,
      leaves: 'sequence',
      shocks: [],
      ablated: [],
    }
    const { result } = await variant(engine, { model, market }, doc)
    const whole = portfolioOf(windowOf(table, day, rules.window))
    const plain = rules.baselines ? plainForecasts(whole, rules.baselines, rules) : null
    walked.push({
      date: table.dates[day] as string,
      model: rules.horizons.map((horizon) => logVolatility(result, horizon)),
      ewma: plain?.ewma ?? null,
      har: plain?.har ?? null,
      truth: truthOf(futureOf(table, day, Math.max(...rules.horizons)), rules).logVolatility,
    })
    if (!step(walked.length, days.length, [...walked])) break
  }
  return walked
}

/** How one sample's day is read and answered. */
export interface WindowAnswer {
  sample: Sample
  /** Numbers of the regime that the head says, and of the one that came. */
  said: number
  came: number | null
  /** Annualised volatility over the longest horizon: foretold, and what came. */
  foretold: number | null
  truth: number | null
  /** By class token: the most read asset and its share of what the token reads of assets, and how many assets it reads in effect. */
  reads: { token: string; asset: string; share: number; inEffect: number }[]
}

/** All samples as they are, in one layer and head: calm days beside stressed ones. */
export async function compareWindows(
  engine: Runs,
  model: LoadedModel,
  markets: readonly { sample: Sample; market: Market }[],
  choice: { layer: number; head: number | 'mean' },
  step: Step<WindowAnswer[]>,
): Promise<WindowAnswer[]> {
  const rules = portfolioInfo(model.info)
  const longest = rules.horizons.length - 1
  const answers: WindowAnswer[] = []
  for (const { sample, market } of markets) {
    const sequence = unedited(model, market)
    const day = market.table.dates.indexOf(sample.day)
    const doc: PortfolioDoc = {
      model: model.id,
      sequence,
      base: sequence,
      day,
      leaves: 'sequence',
      shocks: [],
      ablated: [],
    }
    const run = await runPortfolio(engine, { model, market, doc, layer: choice.layer }, { hiddenStates: false })
    const regime = run.result.logits.regime?.data ?? []
    const truth = run.truth.logVolatility[longest] ?? null
    answers.push({
      sample,
      said: Array.from(regime).indexOf(Math.max(...regime)),
      came: run.truth.regime,
      foretold: volatilities(run)[longest] ?? null,
      truth: truth === null ? null : Math.exp(truth),
      reads: (classReadings(run, choice) ?? []).map(({ token, assets }) => {
        const total = assets.reduce((sum, value) => sum + value, 0)
        const most = assets.indexOf(Math.max(...assets))
        return {
          token: token.label,
          asset: assetTokens(run.tokens)[most]?.label ?? '',
          share: total > 0 ? (assets[most] as number) / total : 0,
          inEffect: assetsInEffect(assets),
        }
      }),
    })
    if (!step(answers.length, markets.length, [...answers])) break
  }
  return answers
}
