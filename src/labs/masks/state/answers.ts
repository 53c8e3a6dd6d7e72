/** What a run answers, and how every answer changed from the run before. */

import { softmax } from '../../../core/logits.ts'
import { classReadout, type Readout } from '../../../state/readouts.ts'
import { lastWord, type MasksRun } from './run.ts'

/** Heads that answer for two texts: whether the second follows, whether they are in order. */
const PAIR_HEADS: readonly string[] = ['nsp', 'sop']

/**
 * Every read-out of a run: its [MASK]s, the heads that answer once, and of a decoder what follows the text.
 * @param vocabulary the spelling of every word piece
 */
export function readoutsOf(run: MasksRun, vocabulary: readonly string[]): Readout[] {
  const { info, result, tokens, doc } = run
  const heads = Object.entries(info.labels).flatMap(([head, names]): Readout[] => {
    const logits = result.logits[head]
    if (!logits || (PAIR_HEADS.includes(head) && doc.texts.length < 2)) return []
    return [classReadout(head, names, logits.data, info.activations?.[head] ?? 'softmax')]
  })
  const words = run.vocabularyRows.flatMap((row): Readout[] => {
    const token = tokens[row]
    const isNext = info.causal && row === lastWord(tokens)
    if (!token || !(isNext || (!info.causal && token.kind === 'mask'))) return []
    const scores = wordsAt(run, row)
    return scores ? [{ ...wordReadout(isNext ? 'next' : `mask ${token.key}`, scores, vocabulary), key: token.key }] : []
  })
  return [...words, ...heads]
}

function wordReadout(id: string, scores: Float64Array, names: readonly string[]) {
  return { id, head: id === 'next' ? 'next' : 'mlm', scoring: 'softmax' as const, scores, names }
}

/** The distribution over the vocabulary in a row; null where the run has none. */
export function wordsAt(run: MasksRun, row: number): Float64Array | null {
  const logits = logitsOf(run)
  const place = run.vocabularyRows.indexOf(row)
  if (!logits || place < 0) return null
  const V = logits.dims.at(-1) as number
  return softmax(logits.data, place * V, V)
}

function logitsOf({ result, info }: MasksRun) {
  return info.causal ? result.logits.lm : result.logits.mlm
}

/** How what the model says in a row changed. */
export interface RowChange {
  key: number
  row: number
  /** D(before ‖ now) in bits. */
  divergence: number
  /** The largest change of a logit. */
  logit: number
  /** The most probable word, by its id. */
  was: number
  is: number
}

export interface Changes {
  /** Of tokens that both runs have, the furthest first. */
  rows: RowChange[]
  /** Rows where no logit moved by a bit. */
  same: number
  /** The largest change of a number in the last hidden states of tokens that both runs have. */
  hidden: number
}

/** What changed between two runs of one model; null: they cannot be compared. */
export function changesOf(before: MasksRun | null, run: MasksRun): Changes | null {
  if (!before || before.doc.model !== run.doc.model) return null
  const rowsBefore = new Map(before.tokens.map(({ key }, row) => [key, row]))
  const [a, b] = [logitsOf(before), logitsOf(run)]
  const V = b?.dims.at(-1) ?? 0
  const places = new Map(before.vocabularyRows.map((row, place) => [row, place]))
  const rows = run.vocabularyRows.flatMap((row, place): RowChange[] => {
    const { key } = run.tokens[row] as MasksRun['tokens'][number]
    const earlier = places.get(rowsBefore.get(key) ?? -1)
    if (!a || !b || earlier === undefined) return []
    const [was, is] = [a.data.subarray(earlier * V, (earlier + 1) * V), b.data.subarray(place * V, (place + 1) * V)]
    return [{ key, row, ...between(was, is) }]
  })
  return {
    rows: rows.filter(({ logit }) => logit > 0).sort((one, other) => other.divergence - one.divergence),
    same: rows.filter(({ logit }) => logit === 0).length,
    hidden: furthestState(before, run, rowsBefore),
  }
}

function between(was: Float32Array, is: Float32Array): Omit<RowChange, 'key' | 'row'> {
  let logit = 0
  let [topWas, topIs] = [0, 0]
  for (let v = 0; v < was.length; v++) {
    logit = Math.max(logit, Math.abs((is[v] as number) - (was[v] as number)))
    if ((was[v] as number) > (was[topWas] as number)) topWas = v
    if ((is[v] as number) > (is[topIs] as number)) topIs = v
  }
  const divergence = logit === 0 ? 0 : divergenceOf(was, is, was[topWas] as number, is[topIs] as number)
  return { divergence, logit, was: topWas, is: topIs }
}

/** The Kullback–Leibler divergence in bits, out of logits: Σ p (log p − log q). */
function divergenceOf(was: Float32Array, is: Float32Array, highestWas: number, highestIs: number): number {
  let [totalWas, totalIs] = [0, 0]
  for (let v = 0; v < was.length; v++) {
    totalWas += Math.exp((was[v] as number) - highestWas)
    totalIs += Math.exp((is[v] as number) - highestIs)
  }
  const shift = highestIs + Math.log(totalIs) - highestWas - Math.log(totalWas)
  let sum = 0
  for (let v = 0; v < was.length; v++) {
    const p = Math.exp((was[v] as number) - highestWas) / totalWas
    sum += p * ((was[v] as number) - (is[v] as number) + shift)
  }
  return Math.max(0, sum / Math.LN2)
}

function furthestState(before: MasksRun, run: MasksRun, rowsBefore: ReadonlyMap<number, number>): number {
  const [a, b] = [before.result.hiddenStates.at(-1), run.result.hiddenStates.at(-1)]
  const D = run.info.width
  let furthest = 0
  run.tokens.forEach(({ key }, row) => {
    const earlier = rowsBefore.get(key)
    if (!a || !b || earlier === undefined) return
    for (let d = 0; d < D; d++) {
      furthest = Math.max(furthest, Math.abs((b.data[row * D + d] as number) - (a.data[earlier * D + d] as number)))
    }
  })
  return furthest
}
