/**
 * What lessons measure in any run of tokens: how many there are, what one reads of another, how states differ. Layers and heads are counted as the
 * page counts them, from 1.
 */

import { z } from 'zod'
import type { NDArray } from '../../../core/shapes.ts'
import { KINDS } from '../../../core/tokens.ts'
import { cosine, norm } from '../../../core/vectors.ts'
import type { Token } from '../../../sequence/token.ts'
import { isContent } from '../../../sequence/token.ts'
import { type Measures, measure, type Value } from '../../../state/lesson/expression.ts'

/** A run as measures see it: the tokens of its rows, its maps by layer [H, T, T], its states [T, D] before the first layer and after each. */
export interface MeasuredRun {
  tokens: readonly Pick<Token, 'kind' | 'label' | 'status' | 'hidden' | 'original'>[]
  attentions: readonly (NDArray | null)[]
  hiddenStates: readonly NDArray[]
}

/** Which tokens are meant: all that have every property named; `nth` takes one of them, from 1. */
export const which = z.strictObject({
  kind: z.enum(KINDS).optional(),
  label: z.string().max(60).optional(),
  /** Word pieces and patches, or special tokens. */
  content: z.boolean().optional(),
  status: z.enum(['read', 'masked']).optional(),
  hidden: z.boolean().optional(),
  /** Something else stood there before. */
  replaced: z.boolean().optional(),
  /** The row, from 0. */
  row: z.int().min(0).optional(),
  nth: z.int().min(1).optional(),
})
export type Which = z.infer<typeof which>

const layer = z.union([z.int().min(1), z.enum(['last', 'all'])])
const head = z.int().min(1).optional()

/** @param view the part of a lab's state that is measured; null: there is no run yet */
export function runMeasures<State>(view: (state: State) => MeasuredRun | null): Measures<State> {
  const ofRun =
    <Arguments>(of: (run: MeasuredRun, given: Arguments) => Value) =>
    (state: State, given: Arguments): Value => {
      const run = view(state)
      return run ? of(run, given) : null
    }
  /** What is written on the tokens of the run on screen. */
  const there = (state: State) => ({ label: [...new Set(view(state)?.tokens.map(({ label }) => label))] })
  const measured: Measures<State> = {
    /** How many tokens are such. */
    count: measure(
      which,
      ofRun((run, given) => rowsOf(run, given).length),
    ),
    /** The label of the first such token. */
    label: measure(
      which,
      ofRun((run, given) => run.tokens[rowsOf(run, given)[0] ?? -1]?.label ?? null),
    ),
    /** The part of what `from` reads that lands on `to`: the mean over the rows of `from` that read anything, over layers and heads. */
    share: measure(z.strictObject({ from: which, to: which, layer, head }), ofRun(share)),
    /** How wide `from` reads, in bits: the entropy of its row, averaged as a share is. */
    entropy: measure(z.strictObject({ from: which, layer, head }), ofRun(entropy)),
    /** The token that `from` reads most, by its label. */
    most: measure(z.strictObject({ from: which, layer, head, among: which.optional() }), ofRun(most)),
    /** The head in which `from` reads most of `to`: its layer and number, `2.5`. */
    peak: measure(
      z.strictObject({ from: which, to: which }),
      ofRun((run, given) => peakOf(run, given)?.name ?? null),
    ),
    /** How much that is. */
    peakShare: measure(
      z.strictObject({ from: which, to: which }),
      ofRun((run, given) => peakOf(run, given)?.share ?? null),
    ),
    /** The cosine of two tokens' states, each after its layer (0: the embeddings). */
    cosine: measure(
      z.strictObject({ of: which, after: z.int().min(0), and: which, andAfter: z.int().min(0).optional() }),
      ofRun(angle),
    ),
    /** The cosine of a token's state now with what it was as the step began. */
    drift: measure(z.strictObject({ of: which, after: z.int().min(0) }), (state, { of, after }, start) => {
      const [now, then] = [view(state), view(start)]
      return cosineOf(now && stateOf(now, of, after), then && stateOf(then, of, after))
    }),
    /** The length of a token's state after a layer. */
    norm: measure(
      z.strictObject({ of: which, after: z.int().min(0) }),
      ofRun((run, { of, after }) => {
        const state = stateOf(run, of, after)
        return state && norm(state)
      }),
    ),
  }
  return Object.fromEntries(Object.entries(measured).map(([name, one]) => [name, { ...one, there }]))
}

/** The rows of such tokens. */
export function rowsOf(
  { tokens }: Pick<MeasuredRun, 'tokens'>,
  { kind, label, content, status, hidden, replaced, row, nth }: Which,
): number[] {
  const rows = tokens.flatMap((token, at) => {
    const fits =
      (kind === undefined || token.kind === kind) &&
      (label === undefined || token.label === label) &&
      (content === undefined || isContent(token as Token) === content) &&
      (status === undefined || token.status === status) &&
      (hidden === undefined || token.hidden === hidden) &&
      (replaced === undefined || (token.original !== undefined) === replaced) &&
      (row === undefined || at === row)
    return fits ? [at] : []
  })
  return nth === undefined ? rows : rows.slice(nth - 1, nth)
}

/** The rows [T] of every map that is meant. A layer that was not read back, or that the model lacks, leaves nothing to measure. */
function readings(
  run: MeasuredRun,
  from: Which,
  at: z.infer<typeof layer>,
  one: number | undefined,
): Float32Array[] | null {
  const T = run.tokens.length
  const rows = rowsOf(run, from)
  const { attentions } = run
  const maps = at === 'all' ? attentions : [at === 'last' ? attentions.at(-1) : attentions[at - 1]]
  if (rows.length === 0 || maps.length === 0) return null
  const found: Float32Array[] = []
  for (const map of maps) {
    const heads = (map?.data.length ?? 0) / (T * T)
    if (!map || heads === 0 || (one ?? 1) > heads) return null
    for (let h = one === undefined ? 0 : one - 1; h < (one ?? heads); h++) {
      for (const row of rows) found.push(map.data.subarray((h * T + row) * T, (h * T + row + 1) * T))
    }
  }
  const reading = found.filter((row) => row.some((p) => p > 0))
  return reading.length > 0 ? reading : null
}

function share(
  run: MeasuredRun,
  { from, to, layer: at, head: one }: { from: Which; to: Which; layer: z.infer<typeof layer>; head?: number },
): Value {
  const rows = readings(run, from, at, one)
  const keys = rowsOf(run, to)
  if (!rows) return null
  return mean(rows.map((row) => keys.reduce((sum, key) => sum + (row[key] as number), 0)))
}

function entropy(
  run: MeasuredRun,
  { from, layer: at, head: one }: { from: Which; layer: z.infer<typeof layer>; head?: number },
): Value {
  const rows = readings(run, from, at, one)
  return rows && mean(rows.map((row) => row.reduce((bits, p) => (p > 0 ? bits - p * Math.log2(p) : bits), 0)))
}

function peakOf(run: MeasuredRun, given: { from: Which; to: Which }): { name: string; share: number } | null {
  const T = run.tokens.length
  const heads = run.attentions.flatMap((map, at) =>
    Array.from({ length: (map?.data.length ?? 0) / (T * T) }, (_, h) => {
      const value = share(run, { ...given, layer: at + 1, head: h + 1 })
      return { name: `${at + 1}.${h + 1}`, share: typeof value === 'number' ? value : 0 }
    }),
  )
  return heads.reduce<{ name: string; share: number } | null>(
    (best, one) => (best && best.share >= one.share ? best : one),
    null,
  )
}

function most(
  run: MeasuredRun,
  given: { from: Which; layer: z.infer<typeof layer>; head?: number; among?: Which },
): Value {
  const rows = readings(run, given.from, given.layer, given.head)
  const keys = rowsOf(run, given.among ?? {})
  if (!rows || keys.length === 0) return null
  const sums = keys.map((key) => rows.reduce((sum, row) => sum + (row[key] as number), 0))
  return run.tokens[keys[sums.indexOf(Math.max(...sums))] as number]?.label ?? null
}

/** null where one of them is not there, or has no direction. */
export function cosineOf(
  a: ArrayLike<number> | null | undefined,
  b: ArrayLike<number> | null | undefined,
): number | null {
  if (!a || !b) return null
  const value = cosine(a, b)
  return Number.isNaN(value) ? null : value
}

function angle(run: MeasuredRun, given: { of: Which; after: number; and: Which; andAfter?: number }): Value {
  return cosineOf(stateOf(run, given.of, given.after), stateOf(run, given.and, given.andAfter ?? given.after))
}

function stateOf(run: MeasuredRun, of: Which, after: number): Float32Array | null {
  const [row] = rowsOf(run, of)
  const states = run.hiddenStates[after]
  const width = states?.dims.at(-1)
  return states && width !== undefined && row !== undefined
    ? states.data.subarray(row * width, (row + 1) * width)
    : null
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
