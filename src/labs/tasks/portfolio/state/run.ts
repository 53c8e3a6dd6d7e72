/** One run of a portfolio model on one day: what it was made of, what plain forecasts say of the same window, what came, what came out. */

import { softmax } from '../../../../core/logits.ts'
import type { PortfolioInfo } from '../../../../core/portfolio.ts'
import type { ForwardRequest, ForwardResult, LoadedModel, ModelInfo } from '../../../../engine/protocol.ts'
import { featuresOf } from '../../../../loaders/portfolio/features.ts'
import { type PlainForecasts, plainForecasts, type Truth, truthOf } from '../../../../loaders/portfolio/forecasts.ts'
import {
  chosenAssets,
  futureOf,
  portfolioOf,
  type Returns,
  type Shock,
  shocked,
  windowOf,
} from '../../../../loaders/portfolio/returns.ts'
import { DEFAULT_MASK, toMask } from '../../../../sequence/mask.ts'
import { fromRows } from '../../../../sequence/rows.ts'
import { rowsInput } from '../../../../sequence/run_input.ts'
import { active, type Sequence, type Token } from '../../../../sequence/token.ts'
import { capturePlan } from '../../../../state/capture.ts'
import type { Engine } from '../../../../state/engine.ts'
import type { Market } from './market.ts'

/** A shock of the asset in this row of the table. */
export interface AssetShock extends Shock {
  row: number
}

/** Whether a removed asset is out of the portfolio as well: then the features of those that are left are made without it. */
export type Leaves = 'sequence' | 'portfolio'

export interface PortfolioDoc {
  model: string
  sequence: Sequence
  /** The unedited sequence: a link tells the difference. */
  base: Sequence
  /** The last day that is known, by its row in the table. */
  day: number
  leaves: Leaves
  shocks: readonly AssetShock[]
  ablated: [layer: number, head: number][]
}

export interface PortfolioRun {
  model: LoadedModel
  doc: PortfolioDoc
  market: Market
  tokens: Token[]
  /** The window's returns of the portfolio's assets, shocks in them. */
  returns: Returns
  /** By column of `returns` the asset's row in the table. */
  rows: readonly number[]
  plain: PlainForecasts | null
  truth: Truth
  result: ForwardResult
}

export function portfolioInfo({ portfolio }: ModelInfo): PortfolioInfo {
  if (!portfolio) throw new Error('a model without a portfolio was shown as one')
  return portfolio
}

export function classNames({ rows }: ModelInfo): readonly string[] {
  return rows?.classNames ?? []
}

/** The table's assets as the model reads them. */
export function unedited({ info }: Pick<LoadedModel, 'info'>, { table }: Pick<Market, 'table'>): Sequence {
  return fromRows(table.assets, classNames(info))
}

/** What the features of a document's day are made of. */
export function inputOf(market: Pick<Market, 'table'>, doc: PortfolioDoc, window: number) {
  const all = windowOf(market.table, doc.day, window)
  const moved = shocked(all, new Map(doc.shocks.map(({ row, ...shock }) => [row, shock])))
  const rows = portfolioRows(doc)
  return { rows, returns: rows.length === all.assets ? moved : chosenAssets(moved, rows) }
}

/** The assets that the portfolio is of, by row in the table; all of them where none is left. */
function portfolioRows({ sequence, base, leaves }: PortfolioDoc): number[] {
  const of = ({ tokens }: Sequence) => tokens.flatMap(({ origin }) => (origin.type === 'row' ? [origin.row] : []))
  const all = of(base)
  if (leaves === 'sequence') return all
  const left = new Set(of({ ...sequence, tokens: active(sequence) }))
  return left.size === 0 ? all : all.filter((row) => left.has(row))
}

export interface RunInput {
  model: LoadedModel
  doc: PortfolioDoc
  market: Market
  /** Whose maps are read back where there are too many for all. */
  layer: number
}

/** @param capture what to read back, when not everything that is shown */
export async function runPortfolio(
  engine: Pick<Engine, 'forward'>,
  { model, doc, market, layer }: RunInput,
  capture?: Partial<ForwardRequest['capture']>,
): Promise<PortfolioRun> {
  const { info } = model
  const rules = portfolioInfo(info)
  const { rows, returns } = inputOf(market, doc, rules.window)
  const tokens = active(doc.sequence)
  const { sources, extras } = rowsInput(doc.sequence, classNames(info).length)
  const column = new Map(rows.map((row, i) => [row, i]))
  const data = featuresOf(returns, rules)
  const result = await engine.forward({
    model: model.id,
    input: {
      kind: 'rows',
      rows: { dims: [returns.assets, data.length / returns.assets], data },
      sources: sources.map((source) => (source >= 0 ? (column.get(source) as number) : source)),
      extras,
    },
    mask: toMask(doc.sequence, DEFAULT_MASK, info),
    ablate: doc.ablated,
    capture: { attentions: capturePlan(info, tokens.length, layer), hiddenStates: true, ...capture },
  })
  const future = futureOf(market.table, doc.day, Math.max(...rules.horizons))
  return {
    model,
    doc,
    market,
    tokens,
    returns,
    rows,
    plain: rules.baselines ? plainForecasts(portfolioOf(returns), rules.baselines, rules) : null,
    truth: truthOf(rows.length === market.table.assets.length ? future : chosenAssets(future, rows), rules),
    result,
  }
}

/** The log volatility that a horizon's token foretells; null where it was removed. */
export function logVolatility({ logits }: Pick<ForwardResult, 'logits'>, days: number): number | null {
  return logits[`volatility_${days}d`]?.data[0] ?? null
}

export interface Pointed {
  token: Token
  probability: number
}

/** Whom CLS_portfolio points at, by probability; masked assets are not asked. */
export function pointedAt({ tokens, result }: Pick<PortfolioRun, 'tokens' | 'result'>): Pointed[] {
  const scores = result.logits.pointer?.data
  if (!scores) return []
  const assets = assetTokens(tokens).map((token, i) => ({ token, score: scores[i] as number }))
  const asked = assets.filter(({ token }) => token.status !== 'masked')
  const probabilities = softmax(asked.map(({ score }) => score))
  return asked
    .map(({ token }, i) => ({ token, probability: probabilities[i] as number }))
    .sort((a, b) => b.probability - a.probability)
}

/** Those that the model reads from a row. */
export function assetTokens(tokens: readonly Token[]): Token[] {
  return tokens.filter(({ origin, kind }) => origin.type === 'row' && kind === 'asset')
}

export function rowOfToken({ origin }: Token): number {
  return origin.type === 'row' ? origin.row : -1
}
