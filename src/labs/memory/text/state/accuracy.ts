/** How often the recall task is solved, and how sure that is. */

import type { LoadedModel } from '../../../../engine/protocol.ts'
import type { Step } from '../../../../state/job.ts'
import { createDoc, type MemoryDoc, type MemoryModel, slotsOf, textOf } from './doc.ts'
import type { RecallInput } from './recall.ts'
import { statesAt, withReplacement } from './replace.ts'
import type { Replaced } from './replacement.ts'
import { type MemoryRun, type Runner, runMemory } from './run.ts'

export interface Share {
  right: number
  of: number
  /** Where memory is another input's: how often the answer is that input's. */
  followed?: number
}

/** 95 % of a normal distribution lie within so many deviations. */
const Z = 1.959964

/** The interval in which the true share lies with 95 % (Wilson 1927, "Probable inference, the law of succession, and statistical inference"). */
export function wilson({ right, of }: Share): [low: number, high: number] {
  if (of === 0) return [0, 1]
  const share = right / of
  const scale = 1 + Z ** 2 / of
  const centre = (share + Z ** 2 / (2 * of)) / scale
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2))
  return [Math.max(0, centre - half), Math.min(1, centre + half)]
}

/** A document of another input, with the memory, the mask and the silenced heads of a shown one. */
export function docOf(model: MemoryModel, doc: MemoryDoc, { texts, pieces }: RecallInput): MemoryDoc {
  const base = createDoc(model, texts, pieces)
  const memory = slotsOf(doc.sequence).map((token, slot) => ({ ...token, key: -1 - slot }))
  const sequence = { ...base.sequence, tokens: [...memory, ...textOf(base.sequence).tokens] }
  return { ...base, sequence, mask: { ...doc.mask, paint: [] }, ablated: doc.ablated, replaced: doc.replaced }
}

const ANSWERS_ALONE = { attentions: false, hiddenStates: false } as const
const WITH_STATES = { attentions: false, hiddenStates: true } as const

/** Whether a run gives the input's answer: of the whole vocabulary it is the first. */
export function isRight(
  { result: { logits } }: Pick<MemoryRun, 'result'>,
  { answer }: Pick<RecallInput, 'answer'>,
): boolean {
  const { mlm } = logits
  if (!mlm) return false
  const V = mlm.dims.at(-1) as number
  const own = mlm.data[answer.id] as number
  for (let word = 0; word < V; word++) if (word !== answer.id && (mlm.data[word] as number) >= own) return false
  return true
}

/** One condition under which the task is measured. */
export interface Condition<Id> {
  id: Id
  doc: MemoryDoc
}

export type Measured<Id> = { id: Id } & Share

/** The same inputs under each condition. A condition's replaced states are those that the inputs themselves come to. */
export async function measure<Id>(
  engine: Runner,
  model: LoadedModel,
  made: MemoryModel,
  inputs: readonly RecallInput[],
  conditions: readonly Condition<Id>[],
  step: Step<Measured<Id>[]>,
): Promise<Measured<Id>[]> {
  const done: Measured<Id>[] = []
  const total = conditions.length * inputs.length
  let runs = 0
  const go = () => step(runs++, total, [...done])
  for (const { id, doc } of conditions) {
    const share = doc.replaced
      ? await replacedShare(engine, model, made, inputs, { ...doc, replaced: null }, doc.replaced, go)
      : await plainShare(engine, model, made, inputs, doc, go)
    if (!share) return done
    done.push({ id, ...share })
  }
  return done
}

/** @returns null where the job was stopped */
async function plainShare(
  engine: Runner,
  model: LoadedModel,
  made: MemoryModel,
  inputs: readonly RecallInput[],
  doc: MemoryDoc,
  go: () => boolean,
): Promise<Share | null> {
  let right = 0
  for (const input of inputs) {
    if (!go()) return null
    const run = await runMemory(engine, model, docOf(made, doc, input), 0, { capture: ANSWERS_ALONE })
    if (isRight(run, input)) right++
  }
  return { right, of: inputs.length }
}

/** Each input twice: to know what its memory comes to, and with what stands in its place. */
async function replacedShare(
  engine: Runner,
  model: LoadedModel,
  made: MemoryModel,
  inputs: readonly RecallInput[],
  doc: MemoryDoc,
  replaced: Replaced,
  go: () => boolean,
): Promise<Share | null> {
  const plain: MemoryRun[] = []
  for (const input of inputs) {
    plain.push(await runMemory(engine, model, docOf(made, doc, input), 0, { capture: WITH_STATES }))
  }
  const states = plain.map((run) => statesAt(run, replaced.layer))
  let [right, followed] = [0, 0]
  for (const [i, input] of inputs.entries()) {
    if (!go()) return null
    const own = states[i] as Float32Array
    const other = anotherOf(inputs, i)
    const from = { all: states, other: states[other] as Float32Array }
    const memoryStates = withReplacement(replaced, model.info.width, own, from)
    const run = await runMemory(engine, model, docOf(made, doc, input), 0, { capture: ANSWERS_ALONE, memoryStates })
    if (isRight(run, input)) right++
    else if (isRight(run, inputs[other] as RecallInput)) followed++
  }
  return { right, of: inputs.length, ...(replaced.by === 'other' && { followed }) }
}

/** The next input that has another answer; itself where all have the same. */
function anotherOf(inputs: readonly RecallInput[], i: number): number {
  const { length } = inputs
  for (let away = 1; away < length; away++) {
    const at = (i + away) % length
    if (inputs[at]?.answer.id !== inputs[i]?.answer.id) return at
  }
  return i
}
