/** A sequence alone against the same in a batch: by how much its answers differ. */

import { softmax } from '../../../core/logits.ts'
import type { BatchResult } from '../../../engine/protocol.ts'
import type { Engine } from '../../../state/engine.ts'
import { type Assembled, alone, assemble, type Standing } from './assemble.ts'
import type { BatchModel, TokenSequence } from './sequences.ts'

/** Two runs of the same numbers differ by what f32 sums differ in another order; more is another answer. */
export const SAME = 1e-4

/** What a run says of one sequence. */
export interface Answers {
  /** The last state of CLS, or of a causal decoder's last token. */
  state: Float32Array
  /** Every logit that was asked for, of all heads. */
  logits: Float32Array
  /** The mean of −ln p over its targets; NaN where there is none. */
  loss: number
  /** −ln p by target. */
  losses: number[]
}

/** The largest |Δ| of each. */
export interface Difference {
  state: number
  logits: number
  loss: number
}

export function answersOf(
  { pooled, logits: { mlm, lm = mlm, ...once } }: Pick<BatchResult, 'pooled' | 'logits'>,
  { pooled: place, targets }: Pick<Standing, 'pooled' | 'targets'>,
  { targets: wanted }: Pick<TokenSequence, 'targets'>,
): Answers {
  const rowOf = ({ dims, data }: { dims: number[]; data: Float32Array }, row: number) => {
    const width = dims.at(-1) as number
    return data.subarray(row * width, (row + 1) * width)
  }
  const said = lm ? targets.map((row) => rowOf(lm, row)) : []
  const losses = said.map((row, i) => -Math.log(softmax(row)[wanted[i]?.id ?? -1] ?? Number.NaN))
  return {
    state: rowOf(pooled, place),
    logits: joined([...Object.values(once).map((head) => rowOf(head, place)), ...said]),
    loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
    losses,
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

export function difference(a: Answers, b: Answers): Difference {
  return {
    state: farthest(a.state, b.state),
    logits: farthest(a.logits, b.logits),
    loss: Number.isNaN(a.loss) && Number.isNaN(b.loss) ? 0 : Math.abs(a.loss - b.loss),
  }
}

function farthest(a: Float32Array, b: Float32Array): number {
  let most = 0
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs((a[i] as number) - (b[i] as number)))
  return most
}

/** The largest of each over several. */
export function worst(differences: readonly Difference[]): Difference {
  const most = (part: keyof Difference) => Math.max(0, ...differences.map((one) => one[part]))
  return { state: most('state'), logits: most('logits'), loss: most('loss') }
}

export function isSame({ state, logits, loss }: Difference): boolean {
  return state <= SAME && logits <= SAME && loss <= SAME
}

/** What a sequence answers in a run of its own. */
export async function answersAlone(
  engine: Pick<Engine, 'batch'>,
  model: BatchModel,
  sequences: readonly TokenSequence[],
  sequence: number,
): Promise<Answers> {
  const own = assemble(model, alone(sequences, sequence), sequences, { block: true, reset: true })
  const result = await engine.batch({ ...own.request, attentions: false })
  return answersOf(result, own.standing[0] as Standing, sequences[sequence] as TokenSequence)
}

export interface Compared extends Difference {
  sequence: number
  alone: Answers
  together: Answers
}

/** Each of some sequences of a run alone. @param step false: stop */
export async function compareAlone(
  engine: Pick<Engine, 'batch'>,
  model: BatchModel,
  sequences: readonly TokenSequence[],
  assembled: Assembled,
  result: Pick<BatchResult, 'pooled' | 'logits'>,
  { most, step }: { most: number; step: (done: number, total: number, soFar: Compared[]) => boolean },
): Promise<Compared[]> {
  const chosen = assembled.standing.slice(0, most)
  const found: Compared[] = []
  for (const standing of chosen) {
    const together = answersOf(result, standing, sequences[standing.sequence] as TokenSequence)
    const own = await answersAlone(engine, model, sequences, standing.sequence)
    found.push({ sequence: standing.sequence, alone: own, together, ...difference(own, together) })
    if (!step(found.length, chosen.length, [...found])) break
  }
  return found
}
