/** The token that a text starts with, in all the ways it can be there or not, and where the attention that it got goes. */

import { normal } from '../../../../core/random.ts'
import type { NDArray } from '../../../../core/shapes.ts'
import type { StartVector } from '../../../../core/tokens.ts'
import type { ForwardResult } from '../../../../engine/protocol.ts'
import type { Step } from '../../../../state/job.ts'
import { causalMask, decode, mean, perplexity, type Runs, type Shown } from './shown.ts'

export const START_WAYS = [
  'with',
  'without',
  'hidden',
  'masked',
  'doubled',
  'replaced',
  'zeros',
  'mean',
  'noise',
] as const
export type StartWay = (typeof START_WAYS)[number]

/** What is compared over all ways: the text behind the start token. */
export interface StartFacts {
  /** Of the first row, by layer and head: the mean over the queries behind it. */
  sink: number[][]
  /** How long the first row's values are, by layer; and the median of the others'. */
  valueNorm: number[]
  otherNorms: number[]
  /** Of the text, its first token given. */
  perplexity: number
  /** What the text's queries read on average, by the text's tokens; it sums to 1 with what the start tokens get. */
  read: number[]
  /** The part of that which a query reads of itself, and of the token before it. */
  itself: number
  previous: number
  /** The largest value in the first row's column, behind its own row. */
  most: number
}

export interface StartPlan {
  /** The id in the start token's place in `replaced`. */
  other: number
  seed: number
}

/** @param shown the start token first, then at least two others */
export async function startFacts(
  engine: Runs,
  shown: Shown,
  plan: StartPlan,
  step: Step<Partial<Record<StartWay, StartFacts>>>,
): Promise<Partial<Record<StartWay, StartFacts>>> {
  const found: Partial<Record<StartWay, StartFacts>> = {}
  /** x₀ of the first row: embedding and position, or the position alone. */
  const first: Partial<Record<StartWay, Float32Array>> = {}
  // The norm of the noise is known from two of the others.
  for (const [i, way] of START_WAYS.entries()) {
    if (!step(i, START_WAYS.length, { ...found })) break
    const variant = startVariant(shown, way, plan, () => normOfDifference(first.with, first.zeros))
    const { mask } = variant
    const capture = { attentions: true, valueNorms: true, next: {}, hiddenStates: way === 'with' || way === 'zeros' }
    const result = await decode(engine, variant, capture, { mask })
    first[way] = result.hiddenStates[0]?.data.subarray(0, shown.model.info.width)
    found[way] = factsOfWay(result, variant.textFrom)
  }
  return found
}

interface Variant extends Shown {
  /** The row of the text's first token. */
  textFrom: number
  mask?: ReturnType<typeof causalMask>
}

export function startVariant(shown: Shown, way: StartWay, { other, seed }: StartPlan, norm: () => number): Variant {
  const [start, ...text] = shown.ids as [number, ...number[]]
  const V = shown.model.info.vocabulary as number
  const extras = shown.extras ?? []
  const put = (ids: number[]) => ({ ...shown, ids, textFrom: ids.length - text.length })
  const from = (vector: StartVector) => ({ ...put([V + extras.length, ...text]), extras: [...extras, vector] })
  switch (way) {
    case 'with':
    case 'hidden':
      return put([start, ...text])
    case 'without':
      return put(text)
    case 'masked':
      return { ...put([start, ...text]), mask: causalMask(shown.ids.length, (_, key) => key !== 0) }
    case 'doubled':
      return put([start, start, ...text])
    case 'replaced':
      return put([other, ...text])
    case 'zeros':
      return from({ type: 'zeros' })
    case 'mean':
      return from({ type: 'mean' })
    case 'noise':
      return from({ type: 'normal', seed, std: norm() / noiseNorm(seed, shown.model.info) })
  }
}

/** Of the unscaled noise with this seed, so that the scaled one has exactly the wanted norm. */
function noiseNorm(seed: number, { embeddingWidth, width }: Shown['model']['info']): number {
  const next = normal(seed)
  return Math.hypot(...Array.from({ length: embeddingWidth ?? width }, next))
}

function normOfDifference(a: Float32Array | undefined, b: Float32Array | undefined): number {
  return a && b ? Math.hypot(...a.map((value, d) => value - (b[d] as number))) : 1
}

/** @param textFrom rows before it are start tokens */
export function factsOfWay(
  {
    attentions,
    valueNorms = [],
    next,
    tokens: T,
  }: Pick<ForwardResult, 'attentions' | 'valueNorms' | 'next' | 'tokens'>,
  textFrom: number,
): StartFacts {
  const maps = attentions.filter((map): map is NDArray => map !== null)
  const text = T - textFrom
  const read = new Array<number>(text).fill(0)
  let [itself, previous, most, rows] = [0, 0, 0, 0]
  const sink = maps.map(({ data, dims }) =>
    Array.from({ length: dims[0] as number }, (_, head) => {
      let share = 0
      for (let q = 0; q < T; q++) {
        const row = (head * T + q) * T
        if (q > 0) {
          share += data[row] as number
          most = Math.max(most, data[row] as number)
        }
        // The text's first token has nothing but itself and the start to read.
        if (q <= textFrom) continue
        rows += 1
        itself += data[row + q] as number
        previous += data[row + q - 1] as number
        for (let k = textFrom; k <= q; k++)
          read[k - textFrom] = (read[k - textFrom] as number) + (data[row + k] as number)
      }
      return share / (T - 1)
    }),
  )
  const norms = valueNorms.map(({ data, dims }) =>
    Array.from({ length: T }, (_, t) =>
      mean(Array.from({ length: dims[0] as number }, (_, h) => data[h * T + t] as number)),
    ),
  )
  return {
    sink,
    valueNorm: norms.map(([first]) => first as number),
    otherNorms: norms.map(([, ...others]) => median(others)),
    perplexity: perplexity(next?.losses.subarray(textFrom, T - 1) ?? []),
    read: read.map((sum) => sum / rows),
    itself: itself / rows,
    previous: previous / rows,
    most,
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.floor(middle - 0.5)] ?? 0) + (sorted[Math.ceil(middle - 0.5)] ?? 0)) / 2
}
