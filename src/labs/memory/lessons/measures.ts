/** What lessons measure in the memory lab: in text what is answered and who may read whom; in pictures what each task says and how far the base moved. */

import { z } from 'zod'
import { type Measures, measure, type Value } from '../../../state/lesson/expression.ts'
import { lookMeasures } from '../../shared/lessons/look_measures.ts'
import { runMeasures } from '../../shared/lessons/run_measures.ts'
import type { PictureLabState } from '../picture/state/lab.ts'
import { drift, type PictureRun, readsAt, rowOfHead, sum } from '../picture/state/run.ts'
import { askedOf } from '../text/state/asked.ts'
import { QUADRANTS } from '../text/state/doc.ts'
import type { TextMemoryState } from '../text/state/lab.ts'
import { reachOf } from '../text/state/reach.ts'
import { type MemoryRun, openCells } from '../text/state/run.ts'

/** The half that shows, as the lab's store has it. */
type MemoryState = TextMemoryState | PictureLabState

const nothing = z.strictObject({})
/** `base`, or a task's name. */
const head = z.string().max(60)

const measures: Measures<MemoryState> = {
  ...runMeasures<MemoryState>((state) => {
    const run = textRun(state)
    return run && { tokens: run.tokens, attentions: run.result.attentions, hiddenStates: run.result.hiddenStates }
  }),
  ...lookMeasures<MemoryState>(),
  /** The model's id. */
  model: measure(nothing, ({ model }) => model?.id ?? null),

  /** In text: the best word for the first row that is asked for, and its probability. */
  answer: measure(nothing, (state) => wordOf(state, textRun(state))),
  confidence: measure(nothing, (state) => {
    const run = textRun(state)
    return (run && askedOf(run)?.probability) ?? null
  }),
  /** Whether the text says that word anywhere. */
  answerHere: measure(nothing, (state) => {
    const found = reachIn(textRun(state))
    return found && found.source !== null
  }),
  /** The probability of a word there. */
  score: measure(z.strictObject({ word: z.string().max(60) }), (state, { word }) => {
    const run = textRun(state)
    const id = 'tokenizer' in state ? (state.tokenizer?.labels.indexOf(word) ?? -1) : -1
    return (run && askedOf(run)?.scores[id]) ?? null
  }),
  /** How many layers there are. */
  layers: measure(nothing, ({ model }) => model?.info.layers ?? null),
  /** How many tokens of the text can have reached that row through text alone. */
  reach: measure(nothing, (state) => {
    const found = reachIn(textRun(state))
    return found ? (found.rows.at(-1) ?? []).filter(Boolean).length : null
  }),
  /** How far away the answer stands in the text; null: nowhere. */
  distance: measure(nothing, (state) => {
    const found = reachIn(textRun(state))
    return found && found.source !== null ? Math.abs(found.source - found.asked) : null
  }),
  /** Cells of the mask of layer 1 that are open: all, or of one quadrant. */
  open: measure(z.strictObject({ part: z.enum(QUADRANTS).optional() }), (state, { part }) => {
    const run = textRun(state)
    if (!run) return null
    const counted = openCells(run, 0)
    return part ? counted[part] : sum(Object.values(counted))
  }),
  /** What stands in the place of the memory's states: `trained` where it is their own. */
  replaced: measure(nothing, (state) => {
    const run = textRun(state)
    return run && (run.doc.replaced?.by ?? 'trained')
  }),

  /** In pictures: the best class of a head, and its probability. */
  says: measure(z.strictObject({ head }), (state, given) => {
    const answer = answerOf(pictureRun(state), given.head)
    return answer ? (answer.labels[answer.best] ?? null) : null
  }),
  sure: measure(z.strictObject({ head }), (state, given) => {
    const answer = answerOf(pictureRun(state), given.head)
    return answer ? (answer.probabilities[answer.best] ?? null) : null
  }),
  /** The probability that a head gives a class. */
  gives: measure(z.strictObject({ head, name: z.string().max(60) }), (state, { head: of, name }) => {
    const answer = answerOf(pictureRun(state), of)
    return answer?.probabilities[answer.labels.indexOf(name)] ?? null
  }),
  /** How many tasks stand beside the base. */
  tasks: measure(nothing, (state) => pictureRun(state)?.tasks.length ?? null),
  /** The largest difference of the base's logits from those that it gives alone. */
  drift: measure(nothing, (state) => {
    const run = pictureRun(state)
    return run && drift(run)
  }),
  /** What a head's class token reads in a layer (the mean of heads): patches, all memory, or one row of its own, from 1. */
  takes: measure(
    z.strictObject({
      head,
      layer: z.int().min(1),
      of: z.union([z.enum(['patches', 'memory']), z.int().min(1)]),
    }),
    (state, { head: reader, layer, of }) => {
      const run = pictureRun(state)
      const reads = run && readsAt(run, rowOfHead(run, reader), layer - 1, 'mean')
      if (!reads) return null
      if (of === 'patches') return sum(reads.patches)
      if (of === 'memory') return sum(reads.memory.map(sum))
      return reads.memory[run.tasks.findIndex(({ name }) => name === reader)]?.[of - 1] ?? null
    },
  ),
  /** How many memory rows of a task are masked; whether one of them is. */
  masked: measure(z.strictObject({ task: head, row: z.int().min(1).optional() }), (state, { task, row }) => {
    const run = pictureRun(state)
    if (!run) return null
    const own = run.doc.masked.filter((one) => one.task === task)
    return row === undefined ? own.length : own.some((one) => one.row === row - 1)
  }),
  /** Whether the base may read the tasks: without the extension mask of Sandler et al. 2022. */
  oldReadsNew: measure(nothing, (state) => pictureRun(state)?.doc.oldReadsNew ?? null),
}

export default measures

function textRun(state: MemoryState): MemoryRun | null {
  return 'tokenizer' in state ? state.run : null
}

function pictureRun(state: MemoryState): PictureRun | null {
  return 'photo' in state ? state.run : null
}

function wordOf(state: MemoryState, run: MemoryRun | null): Value {
  const best = run && askedOf(run)?.best
  return best != null && 'tokenizer' in state ? (state.tokenizer?.labels[best] ?? null) : null
}

function reachIn(run: MemoryRun | null) {
  const asked = run && askedOf(run)
  return asked && reachOf(run, asked.row, asked.best)
}

function answerOf(run: PictureRun | null, head: string) {
  return run?.answers.find((one) => one.head === head)
}
