/** One run of a frozen base with its tasks on one picture: what each head said, what each class token read, and how far the base moved. */

import { softmax, topK } from '../../../../core/logits.ts'
import { packMask } from '../../../../core/mask.ts'
import { patchGrid } from '../../../../core/patch_grid.ts'
import type { NDArray } from '../../../../core/shapes.ts'
import type { ForwardRequest, ForwardResult, LoadedModel } from '../../../../engine/protocol.ts'
import { cropped, normalise, type Picture, type PixelValues, toModelSize } from '../../../../loaders/image_resize.ts'
import { type Place, places, readsOf } from '../../../../sequence/task_memory.ts'
import type { Engine } from '../../../../state/engine.ts'
import { isTrained, memoryRows, type PictureDoc, presentTasks, type Task, tasksOf } from './doc.ts'

/** A picture with the name it is known by. */
export interface Photo {
  name: string
  source: 'sample' | 'own'
  picture: Picture
  /** What is truly on a sample. */
  label: string | null
  /** Of one's own: the copy that its link holds; null where none is small enough. */
  copy?: string | null
}

/** A head's answer. */
export interface Answer {
  /** `base`, or the task's name. */
  head: string
  labels: readonly string[]
  logits: Float32Array
  probabilities: Float64Array
  best: number
}

export interface PictureRun {
  model: LoadedModel
  doc: PictureDoc
  photo: Photo
  /** The middle square, which the model sees. */
  seen: Picture
  grid: { rows: number; columns: number }
  tasks: readonly Task[]
  /** The keys; the rows that read are those of them that are no memory. */
  keys: readonly Place[]
  answers: readonly Answer[]
  /** The base's logits on the same picture with no task beside it. */
  alone: Float32Array
  result: ForwardResult
}

export const BASE = 'base'

export interface RunInput {
  model: LoadedModel
  doc: PictureDoc
  photo: Photo
}

type Runner = Pick<Engine, 'forward' | 'weights'>

export async function runPicture(
  engine: Runner,
  { model, doc, photo }: RunInput,
  capture: ForwardRequest['capture'] = { attentions: true, hiddenStates: false },
): Promise<PictureRun> {
  const pixels = pixelsOf(model, photo.picture)
  const [alone, own] = [
    await baseAlone(engine, model, photo.picture),
    await forwardOf(engine, model, doc, pixels, capture),
  ]
  return {
    model,
    doc,
    photo,
    seen: cropped(photo.picture, 'centre'),
    ...own,
    answers: answersOf(model, own.result.logits),
    alone,
  }
}

export function pixelsOf({ preprocessor }: LoadedModel, picture: Picture): PixelValues {
  return normalise(toModelSize(cropped(picture, 'centre'), preprocessor), preprocessor)
}

/** One forward, without what the base says alone. */
export async function forwardOf(
  engine: Runner,
  model: LoadedModel,
  doc: PictureDoc,
  pixels: PixelValues,
  capture: ForwardRequest['capture'],
): Promise<Pick<PictureRun, 'grid' | 'tasks' | 'keys' | 'result'>> {
  const { info } = model
  const [rows, columns] = patchGrid(info.image ?? { patch: 1 }, [pixels.dims[1], pixels.dims[2]])
  const tasks = presentTasks(info, doc)
  const keys = places(rows * columns, tasks)
  const asking = keys.filter(({ isMemory }) => !isMemory).length
  const may = readsOf(tasks, { ...doc, blind: [] })
  const all = tasksOf(info)
  const result = await engine.forward({
    model: model.id,
    input: {
      kind: 'image',
      pixels,
      // Class tokens of tasks follow the base's among the special tokens.
      sources: [
        -1,
        ...Array.from({ length: rows * columns }, (_, patch) => patch),
        ...tasks.map(({ name }) => -2 - all.findIndex((task) => task.name === name)),
      ],
      ...(!isTrained(info, doc) && { memory: memoryRows(info, doc, await engine.weights(model.id, 'memory')) }),
    },
    mask: { bits: packMask(asking, (q, k) => may(keys[q] as Place, keys[k] as Place), keys.length), layers: 1 },
    capture,
  })
  return { grid: { rows, columns }, tasks, keys, result }
}

const known = new WeakMap<Picture, Map<string, Promise<Float32Array>>>()

/** The base's logits on a picture with no task beside it: asked for once. */
export function baseAlone(engine: Runner, model: LoadedModel, picture: Picture): Promise<Float32Array> {
  const byModel = known.get(picture) ?? new Map<string, Promise<Float32Array>>()
  known.set(picture, byModel)
  const found = byModel.get(model.id)
  if (found) return found
  const doc: PictureDoc = {
    model: model.id,
    tasks: [],
    oldReadsNew: false,
    tasksReadAll: false,
    rows: null,
    starts: {},
    masked: [],
  }
  const asked = forwardOf(engine, model, doc, pixelsOf(model, picture), {
    attentions: false,
    hiddenStates: false,
  }).then(({ result }) => result.logits[BASE]?.data as Float32Array)
  byModel.set(model.id, asked)
  // What failed is asked for again.
  asked.catch(() => byModel.delete(model.id))
  return asked
}

/** The base's answer, then each present task's. */
export function answersOf({ info }: LoadedModel, logits: ForwardResult['logits']): Answer[] {
  const heads = [BASE, ...tasksOf(info).map(({ name }) => name)]
  return heads.flatMap((head) => {
    const found = logits[head]?.data as Float32Array | undefined
    if (!found) return []
    const best = topK(found, 1)[0]?.index ?? 0
    return [{ head, labels: info.labels[head] ?? [], logits: found, probabilities: softmax(found), best }]
  })
}

/** How far the base's logits are from those it gives alone: exactly 0 where it reads no task. */
export function drift({ answers, alone }: Pick<PictureRun, 'answers' | 'alone'>): number {
  return largestChange(answers.find(({ head }) => head === BASE)?.logits ?? alone, alone)
}

export function largestChange(now: Float32Array, then: Float32Array): number {
  return now.reduce((most, value, i) => Math.max(most, Math.abs(value - (then[i] as number))), 0)
}

/** The row of a head's class token; −1 where it is not there. */
export function rowOfHead({ grid, tasks }: Pick<PictureRun, 'grid' | 'tasks'>, head: string): number {
  if (head === BASE) return 0
  const task = tasks.findIndex(({ name }) => name === head)
  return task < 0 ? -1 : 1 + grid.rows * grid.columns + task
}

export interface Reads {
  /** [N]; each patch's share. */
  patches: Float32Array
  /** Of the base's class token, and of each task's. */
  base: number
  cls: readonly number[]
  /** By task, each of its rows. */
  memory: readonly Float32Array[]
}

/** What a row reads in one layer; null where that map was not read back, or nobody asks there. */
export function readsAt(run: PictureRun, row: number, layer: number, head: number | 'mean'): Reads | null {
  const shares = sharesOf(run.result.attentions[layer] ?? null, row, head)
  if (!shares) return null
  const N = run.grid.rows * run.grid.columns
  let at = 1 + N + run.tasks.length
  const memory = run.tasks.map(({ rows }) => {
    at += rows
    return shares.slice(at - rows, at)
  })
  return {
    patches: shares.slice(1, 1 + N),
    base: shares[0] as number,
    cls: run.tasks.map((_, task) => shares[1 + N + task] as number),
    memory,
  }
}

/** One row of a head's map [heads, T, keys], or of the mean of all heads. */
function sharesOf(map: NDArray | null, row: number, head: number | 'mean'): Float32Array | null {
  if (!map) return null
  const [heads, rows, keys] = map.dims as [number, number, number]
  if (row < 0 || row >= rows) return null
  const of = (h: number) => map.data.subarray((h * rows + row) * keys, (h * rows + row + 1) * keys) as Float32Array
  if (head !== 'mean') return Float32Array.from(of(Math.min(head, heads - 1)))
  const mean = new Float32Array(keys)
  for (let h = 0; h < heads; h++) {
    for (const [key, value] of of(h).entries()) mean[key] = (mean[key] as number) + value / heads
  }
  return mean
}

export const sum = (values: Iterable<number>): number => Array.from(values).reduce((total, value) => total + value, 0)
