/** What is measured over the sample pictures and on the picture on screen: many runs in a row. */

import type { LoadedModel } from '../../../../engine/protocol.ts'
import type { Engine } from '../../../../state/engine.ts'
import type { Step } from '../../../../state/job.ts'
import { type PictureDoc, presentTasks, STARTS, type Start, trainedDoc } from './doc.ts'
import {
  type Answer,
  answersOf,
  BASE,
  baseAlone,
  forwardOf,
  largestChange,
  type PictureRun,
  pixelsOf,
  readsAt,
  rowOfHead,
  runPicture,
} from './run.ts'
import type { Pictured } from './samples.ts'

type Runner = Pick<Engine, 'forward' | 'weights'>

export interface Score {
  right: number
  count: number
}

/** What one document does over the samples. */
export interface Outcome {
  doc: PictureDoc
  /** By head, over the pictures of its own classes. */
  scores: Readonly<Record<string, Score>>
  /** Of the base over all pictures: its largest change of a logit, and how often its answer is another one. */
  drift: number
  changed: Score
}

const NOTHING = { attentions: false, hiddenStates: false }

/** Documents over the same pictures; gives those that are done when it is stopped. */
export async function overSamples(
  engine: Runner,
  model: LoadedModel,
  docs: readonly PictureDoc[],
  samples: readonly Pictured[],
  step: Step<Outcome[]>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const [number, doc] of docs.entries()) {
    const scores: Record<string, Score> = {}
    const changed = { right: 0, count: 0 }
    let most = 0
    for (const [done, { label, picture }] of samples.entries()) {
      if (!step(number * samples.length + done, docs.length * samples.length, [...outcomes])) return outcomes
      const alone = await baseAlone(engine, model, picture)
      const { result } = await forwardOf(engine, model, doc, pixelsOf(model, picture), NOTHING)
      for (const answer of answersOf(model, result.logits)) {
        if (answer.head === BASE) {
          most = Math.max(most, largestChange(answer.logits, alone))
          changed.count++
          if (answer.best !== indexOfLargest(alone)) changed.right++
        }
        count(scores, answer, label)
      }
    }
    outcomes.push({ doc, scores, drift: most, changed })
  }
  return outcomes
}

/** A head is asked about its own classes alone. */
function count(scores: Record<string, Score>, { head, labels, best }: Answer, label: string | null): void {
  if (label === null || !labels.includes(label)) return
  const score = scores[head] ?? { right: 0, count: 0 }
  scores[head] = { right: score.right + (labels[best] === label ? 1 : 0), count: score.count + 1 }
}

function indexOfLargest(values: Float32Array): number {
  return values.reduce((best, value, i) => (value > (values[best] as number) ? i : best), 0)
}

/** Standard error of a share. */
export function errorOf({ right, count }: Score): number {
  const share = right / count
  return Math.sqrt((share * (1 - share)) / count)
}

/** The four masks: may the old read the new, and may tasks read one another. */
export function maskDocs(doc: PictureDoc): PictureDoc[] {
  return [false, true].flatMap((oldReadsNew) =>
    [false, true].map((tasksReadAll) => ({ ...doc, oldReadsNew, tasksReadAll })),
  )
}

/** No row, then one more each time, of every task's memory as it was trained with all of them. */
export function rowDocs({ id, info }: LoadedModel, doc: PictureDoc): PictureDoc[] {
  const most = Math.max(0, ...presentTasks(info, { ...doc, rows: null }).map(({ rows }) => rows))
  return Array.from({ length: most + 1 }, (_, rows) => ({ ...trainedDoc(id, info), tasks: doc.tasks, rows }))
}

/** Every task's rows started in each way. */
export function startDocs({ id, info }: LoadedModel, doc: PictureDoc): { start: Start; doc: PictureDoc }[] {
  return STARTS.map((start) => ({
    start,
    doc: {
      ...trainedDoc(id, info),
      tasks: doc.tasks,
      starts: Object.fromEntries(doc.tasks.map((task) => [task, start])),
    },
  }))
}

export interface RowEffect {
  /** The task's row; null: all of them at once. */
  row: number | null
  /** What the task's class token reads of it: the mean over layers and heads. */
  share: number
  /** The logit and the probability of the class it says now, as they are and with the row masked. */
  logit: [now: number, masked: number]
  probability: [now: number, masked: number]
  /** What it says then. */
  says: string
}

/** Each row of a task's memory masked alone, then all of them: what the task's head then says on this picture. */
export async function rowEffects(
  engine: Runner,
  run: PictureRun,
  task: string,
  step: Step<RowEffect[]>,
): Promise<RowEffect[]> {
  const effects: RowEffect[] = []
  const number = run.tasks.findIndex(({ name }) => name === task)
  const now = run.answers.find(({ head }) => head === task)
  const rows = run.tasks[number]?.rows ?? 0
  if (!now || rows === 0) return effects
  const used = usage(run, task)
  const plans = [...Array.from({ length: rows }, (_, row) => [row]), Array.from({ length: rows }, (_, row) => row)]
  for (const [done, plan] of plans.entries()) {
    if (!step(done, plans.length, [...effects])) return effects
    const others = run.doc.masked.filter((one) => one.task !== task || !plan.includes(one.row))
    const masked = [...others, ...plan.map((row) => ({ task, row }))]
    const varied = await runPicture(engine, { ...run, doc: { ...run.doc, masked } }, NOTHING)
    const then = varied.answers.find(({ head }) => head === task) as Answer
    effects.push({
      row: plan.length === rows && done === rows ? null : (plan[0] as number),
      share: plan.reduce(
        (sum, row) => sum + used.reduce((all, layer) => all + (layer[row] as number), 0) / used.length,
        0,
      ),
      logit: [now.logits[now.best] as number, then.logits[now.best] as number],
      probability: [now.probabilities[now.best] as number, then.probabilities[now.best] as number],
      says: then.labels[then.best] ?? '',
    })
  }
  return effects
}

/** By layer, what a task's class token reads of each row of its own memory: the mean over heads. */
export function usage(run: PictureRun, task: string): Float32Array[] {
  const number = run.tasks.findIndex(({ name }) => name === task)
  return run.result.attentions.map((_, layer) => {
    const reads = readsAt(run, rowOfHead(run, task), layer, 'mean')
    return reads?.memory[number] ?? new Float32Array(run.tasks[number]?.rows ?? 0)
  })
}
