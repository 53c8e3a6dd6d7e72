/** One run of a detector on one picture: what it was made of, what each query said, and what it read. */

import { softmax } from '../../../core/logits.ts'
import { patchGrid } from '../../../core/patch_grid.ts'
import type { NDArray } from '../../../core/shapes.ts'
import type { ForwardRequest, ForwardResult, LoadedModel, ModelInfo } from '../../../engine/protocol.ts'
import { normalise, type Picture, type PixelValues, toModelSize } from '../../../loaders/image_resize.ts'
import { capturePlan } from '../../../state/capture.ts'
import type { Engine } from '../../../state/engine.ts'
import { type Box, boxAt, type Detection, type Labelled } from './boxes.ts'
import {
  type Asking,
  askingQueries,
  type Closable,
  masksOf,
  type Query,
  standBehindPatches,
  startVectors,
} from './queries.ts'
import { type Piece, paintPieces, truthWith } from './scene.ts'

/** A picture with the name it is known by. */
export interface Photo {
  name: string
  source: 'sample' | 'own' | 'camera'
  picture: Picture
  /** What is truly on a scene of ours. */
  objects?: readonly Labelled[]
  /** Of one's own: the copy that its link holds; null where none is small enough. */
  copy?: string | null
}

export interface DetectDoc {
  model: string
  queries: readonly Query[]
  closed: readonly Closable[]
  /** Drawings that were put on the scene, and what was covered. */
  pieces: readonly Piece[]
}

export interface DetectRun {
  model: LoadedModel
  doc: DetectDoc
  photo: Photo
  /** With its pieces. */
  picture: Picture
  /** True objects, where they are known. */
  objects: readonly Labelled[] | null
  grid: { rows: number; columns: number }
  asking: Asking[]
  detections: Detection[]
  result: ForwardResult
}

/** What queries go through: the stack that they share with the patches, or a decoder, or one after the other (ViDT: its neck). */
export function queryStack(info: Pick<ModelInfo, 'decoder' | 'layers' | 'heads' | 'image'>) {
  const shared = standBehindPatches(info) ? info.layers : 0
  return {
    /** How many of the layers they share with the patches. */
    shared,
    layers: shared + (info.decoder?.layers ?? 0),
    heads: Math.max(shared > 0 ? info.heads : 0, info.decoder?.heads ?? 0),
  }
}

/** "[DET 3]", or "[Q 3]" of an object query; a copy has a number of its own. */
export function queryName(info: Pick<ModelInfo, 'image'>, place: number): string {
  return standBehindPatches(info) ? `[DET ${place + 1}]` : `[Q ${place + 1}]`
}

export interface RunInput {
  model: LoadedModel
  doc: DetectDoc
  photo: Photo
  /** The drawings that pieces are of. */
  drawings: Picture | null
  layer: number
}

export async function runDetect(
  engine: Pick<Engine, 'forward' | 'weights'>,
  { model, doc, photo, drawings, layer }: RunInput,
  capture?: Partial<ForwardRequest['capture']>,
): Promise<DetectRun> {
  const { info } = model
  const picture = paintPieces(photo.picture, doc.pieces, drawings)
  const seen = toModelSize(picture, model.preprocessor)
  const pixels = normalise(seen, model.preprocessor)
  const grid = gridOf(info, pixels)
  const asking = askingQueries(doc.queries)
  const leading = leadingTokens(info)
  const tokens = leading + grid.rows * grid.columns + asking.length
  const result = await engine.forward({
    model: model.id,
    input: { kind: 'image', pixels, queries: await queriesOf(engine, model, asking) },
    ...masksOf(info, asking, doc.closed, { leading, ...grid }),
    capture: {
      // No view shows what the places of an encoder read.
      attentions: standBehindPatches(info) && capturePlan(info, tokens, Math.min(layer, info.layers - 1)),
      ...(info.decoder && { decoderAttentions: true, crossAttentions: true }),
      hiddenStates: false,
      layerAnswers: true,
      ...capture,
    },
  })
  return {
    model,
    doc,
    photo,
    picture,
    objects: photo.objects ? truthWith(photo.objects, doc.pieces) : null,
    grid,
    asking,
    detections: detectionsOf(info, result.logits),
    result,
  }
}

/** Class tokens and registers, before the patches. */
function leadingTokens({ image }: ModelInfo): number {
  return image ? image.classTokens + image.registers : 0
}

function gridOf(info: ModelInfo, { dims: [, height, width] }: PixelValues): DetectRun['grid'] {
  const [rows, columns] = patchGrid(info.image ?? { patch: 1 }, [height, width])
  return { rows, columns }
}

/** Whether the queries that ask are the trained ones, all of them in their order. */
export function isAsTrained({ model: { info }, asking }: { model: LoadedModel; asking: readonly Asking[] }): boolean {
  return asking.length === info.detects?.queries && asking.every(({ of, start }, i) => of === i && start === 'trained')
}

/** Types that a snippet of Python can be written for (python.ts). */
const WITH_CLASS = ['yolos', 'detr', 'clsroom_vidt']

/** Whether a run can be copied as Python: there is a class for its model, and somebody asks. */
export function hasSnippet({ model, asking }: DetectRun): boolean {
  return WITH_CLASS.includes(model.info.modelType) && asking.length > 0
}

/** Undefined while all are as they were trained: the engine has them. */
async function queriesOf(engine: Pick<Engine, 'weights'>, model: LoadedModel, asking: readonly Asking[]) {
  if (isAsTrained({ model, asking })) return undefined
  const { id, info } = model
  const trained = info.detects?.queries ?? 0
  const table = lastRows(await engine.weights(id, 'tokens'), trained)
  const positions = !standBehindPatches(info) ? undefined : lastRows(await engine.weights(id, 'positions'), trained)
  return startVectors(asking, table, positions)
}

/** Detection tokens, and their positions, stand behind all others. */
function lastRows({ dims, data }: NDArray, rows: number): NDArray {
  const D = dims[1] as number
  return { dims: [rows, D], data: data.subarray(data.length - rows * D) as Float32Array }
}

/** @param layer the answers to the states behind this many layers; absent: the model's own */
export function detectionsOf(info: ModelInfo, logits: ForwardResult['logits'], layer?: number): Detection[] {
  const name = (head: string) => (layer === undefined ? head : `${head}.${layer}`)
  const [classes, boxes] = [logits[name('classes')], logits[name('boxes')]]
  const names = info.detects?.classes ?? []
  if (!classes || !boxes) return []
  return Array.from({ length: classes.dims[0] as number }, (_, row) => {
    const p = softmax(classes.data, row * names.length, names.length)
    const best = p.slice(0, -1).reduce((found, value, i) => (value > (p[found] as number) ? i : found), 0)
    const score = p[best] as number
    return {
      row,
      label: names[best] ?? '',
      score,
      isNone: (p.at(-1) as number) >= score,
      box: boxAt(boxes.data, row),
    }
  })
}

/** The probability that a query gives a class. */
export function probabilityOf({ model: { info }, result }: DetectRun, row: number, label: string): number {
  const names = info.detects?.classes ?? []
  const at = names.indexOf(label)
  const classes = result.logits.classes
  return classes && at >= 0 ? (softmax(classes.data, row * names.length, names.length)[at] as number) : 0
}

/** The box that a query would give after each layer, by the model's own last heads. */
export function boxPath({ result }: DetectRun, row: number): Box[] {
  const path: Box[] = []
  for (let layer = 0; ; layer++) {
    const boxes = result.logits[`boxes.${layer}`]
    if (!boxes) return path
    path.push(boxAt(boxes.data, row))
  }
}

/** What a query says is there: not hidden, not "no object", above the score. */
export function found({ detections, asking }: DetectRun, threshold: number): Detection[] {
  return detections.filter(({ row, score, isNone }) => asking[row]?.status !== 'hidden' && !isNone && score > threshold)
}

export interface Reads {
  /** [N]; each patch's share. */
  patches: Float32Array
  /** Of every query that asks. */
  queries: Float32Array
  /** CLS's share: it stands among the patches of one sequence. */
  cls: number
}

/** What a query reads in one layer; null where that map was not read back. */
export function queryReads(run: DetectRun, row: number, layer: number, head: number | 'mean'): Reads | null {
  const { info } = run.model
  const Q = run.asking.length
  const N = run.grid.rows * run.grid.columns
  if (row < 0 || row >= Q) return null
  const { shared } = queryStack(info)
  if (layer >= shared) {
    const cross = rowOf(run.result.decoder?.crossAttentions[layer - shared] ?? null, row, head)
    const own = rowOf(run.result.decoder?.attentions[layer - shared] ?? null, row, head)
    return cross && own && { patches: cross, queries: own, cls: 0 }
  }
  const first = leadingTokens(info)
  const whole = rowOf(run.result.attentions[layer] ?? null, first + N + row, head)
  if (!whole) return null
  return {
    patches: whole.slice(first, first + N),
    queries: whole.slice(first + N, first + N + Q),
    cls: whole.slice(0, first).reduce((sum, value) => sum + value, 0),
  }
}

/** One row of a head's map [heads, queries, keys], or of the mean of all heads. */
function rowOf(map: NDArray | null, row: number, head: number | 'mean'): Float32Array | null {
  if (!map) return null
  const [heads, queries, keys] = map.dims as [number, number, number]
  const of = (h: number) =>
    map.data.subarray((h * queries + row) * keys, (h * queries + row + 1) * keys) as Float32Array
  if (head !== 'mean') return Float32Array.from(of(Math.min(head, heads - 1)))
  const mean = new Float32Array(keys)
  for (let h = 0; h < heads; h++) {
    for (const [key, value] of of(h).entries()) mean[key] = (mean[key] as number) + value / heads
  }
  return mean
}
