/**
 * What lessons measure in the sequence-to-sequence lab: the source, what the decoder writes and how sure it is, and what it reads across.
 * A `writes` names tokens of the target by what they are, each for the decoder row that has to write it. Layers and heads are counted as the
 * page counts them, from 1.
 */

import { z } from 'zod'
import type { NDArray } from '../../../core/shapes.ts'
import { active } from '../../../sequence/token.ts'
import { type Measures, measure, type Value } from '../../../state/lesson/expression.ts'
import { rowsOf, runMeasures, type Which, which } from '../../shared/lessons/run_measures.ts'
import { alignmentScore, truthRows } from '../state/alignment.ts'
import { textOf } from '../state/doc.ts'
import type { Seq2SeqLabState } from '../state/lab.ts'
import { crossMatrix } from '../state/lit.ts'
import { outputsOf, totalLogP } from '../state/outputs.ts'
import type { Seq2SeqRun } from '../state/run.ts'

const nothing = z.strictObject({})
const layer = z.union([z.int().min(1), z.enum(['last', 'all'])])
const head = z.int().min(1).optional()

const measures: Measures<Seq2SeqLabState> = {
  // Of the encoder: its tokens are the source's.
  ...runMeasures<Seq2SeqLabState>(
    ({ run }) => run && { tokens: run.source, attentions: run.result.attentions, hiddenStates: [] },
  ),
  /** How many tokens of the target are such: start, output and end. */
  targets: measure(which, ({ run }, given) => run && rowsOf({ tokens: active(run.target) }, given).length),
  /** The label of the first such token of the target. */
  targetLabel: measure(which, ({ run }, given) => {
    const tokens = run ? active(run.target) : []
    return tokens[rowsOf({ tokens }, given)[0] ?? -1]?.label ?? null
  }),
  /** The output as it is read, without its special tokens, and with those that are no start and no end. */
  output: measure(nothing, ({ run }) => run && textOf(active(run.target))),
  /** Whether the output was given, and not written by the model. */
  given: measure(nothing, ({ run }) => run && run.doc.target !== null),
  /** The probability of a token of the output where it has to be written. */
  probability: measure(z.strictObject({ writes: which }), ({ run }, { writes }) => {
    const row = run && rowThatWrites(run, writes)
    return run && row !== null && row !== undefined ? Math.exp(outputsOf(run)[row]?.logP ?? Number.NaN) : null
  }),
  /** What the model would write in that place. */
  would: measure(z.strictObject({ writes: which }), ({ run, tokenizer }, { writes }) => {
    const row = run && rowThatWrites(run, writes)
    const best = run && row !== null && row !== undefined ? outputsOf(run)[row]?.best : undefined
    return best === undefined ? null : (tokenizer?.labels[best] ?? null)
  }),
  /** Over all that has to be written, how probable a token is on (geometric) average. */
  perToken: measure(nothing, ({ run }) => {
    if (!run) return null
    const { sum, tokens } = totalLogP(run)
    return tokens > 0 ? Math.exp(sum / tokens) : null
  }),
  /** In how many places the model would write something else than what is given. */
  otherwise: measure(nothing, ({ run }) => run && wrongRows(run).length),
  /** The part of what is read across that lands on `to`, the mean over the rows that write such tokens, layers and heads. */
  across: measure(z.strictObject({ writes: which, to: which, layer, head }), ({ run }, { writes, to, layer, head }) => {
    const keys = run ? rowsOf({ tokens: run.read }, to) : []
    return run && meanOf(readings(run, writes, layer, head), (row) => keys.reduce((sum, k) => sum + (row[k] ?? 0), 0))
  }),
  /** The source token that is read most across. */
  mostAcross: measure(z.strictObject({ writes: which, layer, head, among: which.optional() }), ({ run }, given) => {
    if (!run) return null
    const rows = readings(run, given.writes, given.layer, given.head)
    const keys = rowsOf({ tokens: run.read }, given.among ?? {})
    if (rows.length === 0) return null
    const sums = keys.map((key) => rows.reduce((sum, row) => sum + (row[key] as number), 0))
    return run.read[keys[sums.indexOf(Math.max(...sums))] ?? -1]?.label ?? null
  }),
  /** The head of cross-attention on screen, `3.4`; null: the mean of a layer. */
  crossHead: measure(nothing, ({ look: { cross } }) =>
    cross.head === 'mean' ? null : `${cross.layer + 1}.${cross.head + 1}`,
  ),
  /** How often the head on screen reads most where the token is from, where the task says so: a part of all that can be asked. */
  aligned: measure(nothing, ({ run, look }) => {
    const [map, truth] = [run && crossMatrix(run, look.cross), run && truthRows(run)]
    if (!map || !truth) return null
    const { right, asked } = alignmentScore(map, truth)
    return right / asked
  }),
  tool: measure(nothing, ({ look }) => look.tool),
}

export default measures

/** The decoder row that has to write such a token. */
function rowThatWrites(run: Seq2SeqRun, writes: Which): number | null {
  const [row] = rowsThatWrite(run, writes)
  return row ?? null
}

function rowsThatWrite(run: Seq2SeqRun, writes: Which): number[] {
  return rowsOf({ tokens: active(run.target) }, writes).flatMap((place) =>
    place > 0 && place <= run.rows.length ? [place - 1] : [],
  )
}

function wrongRows(run: Seq2SeqRun): number[] {
  const outputs = outputsOf(run)
  return run.rows.flatMap(({ counts, writes }, row) => (counts && outputs[row]?.best !== writes?.id ? [row] : []))
}

/** What each of the rows reads of the source, [T], by layer and head. A layer that was not read back leaves nothing to measure. */
function readings(run: Seq2SeqRun, writes: Which, at: z.infer<typeof layer>, one: number | undefined): Float32Array[] {
  const { crossAttentions = [] } = run.result.decoder ?? {}
  const maps = at === 'all' ? crossAttentions : [at === 'last' ? crossAttentions.at(-1) : crossAttentions[at - 1]]
  const rows = rowsThatWrite(run, writes)
  if (!maps.every((map): map is NDArray => !!map)) return []
  return maps.flatMap(({ dims, data }) => {
    const [H, Td, T] = dims as [number, number, number]
    const heads = one === undefined ? [...Array(H).keys()] : one <= H ? [one - 1] : []
    return heads.flatMap((h) => rows.map((row) => data.subarray((h * Td + row) * T, (h * Td + row + 1) * T)))
  })
}

function meanOf(rows: readonly Float32Array[], of: (row: Float32Array) => number): Value {
  return rows.length === 0 ? null : rows.reduce((sum, row) => sum + of(row), 0) / rows.length
}
