/** Runs over many scenes: what a change of queries or masks does on average, and which slot serves what. */

import { uniform } from '../../../core/random.ts'
import type { LoadedModel } from '../../../engine/protocol.ts'
import type { Picture } from '../../../loaders/image_resize.ts'
import type { Engine } from '../../../state/engine.ts'
import type { Step } from '../../../state/job.ts'
import { type Box, duplicates, type Labelled } from './boxes.ts'
import { averagePrecision, type Judged, qualityAt } from './precision.ts'
import type { Closable, Query } from './queries.ts'
import { type DetectDoc, type DetectRun, runDetect } from './run.ts'
import { DRAWN, type Piece } from './scene.ts'

type Runner = Pick<Engine, 'forward' | 'weights'>
const BOXES_ALONE = {
  attentions: false,
  decoderAttentions: false,
  crossAttentions: false,
  layerAnswers: false,
} as const

/** A scene with its picture. */
export interface Pictured {
  name: string
  picture: Picture
  objects: readonly Labelled[]
}

/** One scene under a document's queries and masks, without its drawings. */
async function judge(engine: Runner, model: LoadedModel, doc: DetectDoc, scene: Pictured): Promise<Judged> {
  const photo = { name: scene.name, source: 'sample' as const, picture: scene.picture, objects: scene.objects }
  const plain = { ...doc, pieces: [] }
  const run = await runDetect(engine, { model, doc: plain, photo, drawings: null, layer: 0 }, BOXES_ALONE)
  return { objects: scene.objects, detections: run.detections }
}

/** What the document's queries say of every scene, "no object" included. */
export async function judgeAll(
  engine: Runner,
  { model, doc }: DetectRun,
  scenes: readonly Pictured[],
  step: Step<Judged[]>,
): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const [i, scene] of scenes.entries()) {
    if (!step(i, scenes.length)) return judged
    judged.push(await judge(engine, model, doc, scene))
  }
  return judged
}

const spoken = ({ objects, detections }: Judged): Judged => ({
  objects,
  detections: detections.filter(({ isNone }) => !isNone),
})

// ------------------------------------------------------------------------------------------------ masks

export interface MaskOutcome {
  closed: readonly Closable[]
  /** Over all scenes. */
  duplicates: number
  recall: number
  ap: number
}

/** The same scenes under several masks. */
export async function compareMasks(
  engine: Runner,
  run: DetectRun,
  scenes: readonly Pictured[],
  masks: readonly (readonly Closable[])[],
  threshold: number,
  step: Step<MaskOutcome[]>,
): Promise<MaskOutcome[]> {
  const outcomes: MaskOutcome[] = []
  const total = masks.length * scenes.length
  for (const [m, closed] of masks.entries()) {
    const judged: Judged[] = []
    for (const [i, scene] of scenes.entries()) {
      if (!step(m * scenes.length + i, total, [...outcomes])) return outcomes
      judged.push(await judge(engine, run.model, { ...run.doc, closed }, scene))
    }
    const said = judged.map(spoken)
    outcomes.push({
      closed,
      duplicates: said.reduce(
        (sum, { detections }) => sum + duplicates(detections.filter(({ score }) => score > threshold)),
        0,
      ),
      recall: qualityAt(said, threshold).recall,
      ap: averagePrecision(said),
    })
  }
  return outcomes
}

// ------------------------------------------------------------------------------------------------ fewer queries

export interface RecallPoint {
  queries: number
  /** The mean over the draws, the smallest and the largest. */
  recall: number
  least: number
  most: number
}

/** How many draws of the queries that are left. */
export const DRAWS = 10

/** Recall with 1 … N of the trained queries, drawn by lot. */
export async function recallByQueries(
  engine: Runner,
  run: DetectRun,
  scenes: readonly Pictured[],
  threshold: number,
  step: Step<RecallPoint[]>,
): Promise<RecallPoint[]> {
  const all = run.doc.queries.map((query): Query => ({ ...query, status: 'read' }))
  // Of many queries some numbers are enough.
  const counts = all.map((_, i) => i + 1).filter((n) => all.length <= 12 || n % Math.ceil(all.length / 12) === 0)
  const points: RecallPoint[] = []
  const total = counts.length * DRAWS * scenes.length
  let done = 0
  for (const count of counts) {
    const recalls: number[] = []
    for (let draw = 0; draw < (count === all.length ? 1 : DRAWS); draw++) {
      const left = new Set(drawn(all.length, count, draw + 1))
      const queries = all.map((query, i): Query => (left.has(i) ? query : { ...query, status: 'removed' }))
      const judged: Judged[] = []
      for (const scene of scenes) {
        if (!step(done++, total, [...points])) return points
        judged.push(spoken(await judge(engine, run.model, { ...run.doc, queries }, scene)))
      }
      recalls.push(qualityAt(judged, threshold).recall)
    }
    const mean = recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length
    points.push({ queries: count, recall: mean, least: Math.min(...recalls), most: Math.max(...recalls) })
  }
  return points
}

/** `count` of `all` numbers by lot, without return. */
export function drawn(all: number, count: number, seed: number): number[] {
  const next = uniform(seed)
  const left = Array.from({ length: all }, (_, i) => i)
  return Array.from({ length: count }, () => left.splice(Math.floor(next() * left.length), 1)[0] as number)
}

// ------------------------------------------------------------------------------------------------ slots

/** Scenes of the atlas. */
export const ATLAS_SCENES = 500

export interface Slot {
  /** Of those scenes in which it said a class. */
  boxes: Box[]
  labels: string[]
}

export interface SlotAtlas {
  scenes: number
  slots: Slot[]
}

/** Where each query puts its boxes, and of which classes, over generated scenes. */
export async function measureSlots(
  engine: Runner,
  { model, doc, asking }: DetectRun,
  drawings: Picture,
  step: Step<SlotAtlas>,
): Promise<SlotAtlas> {
  const atlas: SlotAtlas = { scenes: 0, slots: asking.map(() => ({ boxes: [], labels: [] })) }
  for (let i = 0; i < ATLAS_SCENES; i++) {
    // A picture of the atlas is drawn now and then.
    if (!step(i, ATLAS_SCENES, i % 20 === 0 ? { ...atlas } : undefined)) return { ...atlas }
    const { picture, pieces } = generated(i + 1)
    const photo = { name: `${i + 1}`, source: 'sample' as const, picture }
    const run = await runDetect(engine, { model, doc: { ...doc, pieces }, photo, drawings, layer: 0 }, BOXES_ALONE)
    for (const { row, isNone, box, label } of run.detections) {
      if (isNone) continue
      atlas.slots[row]?.boxes.push(box)
      atlas.slots[row]?.labels.push(label)
    }
    atlas.scenes = i + 1
  }
  return atlas
}

/** In bits, of the classes a slot said: log₂ of their number where all are as frequent. */
export function classEntropy(labels: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return [...counts.values()].reduce(
    (sum, count) => sum - (count / labels.length) * Math.log2(count / labels.length),
    0,
  )
}

const SIDE = 64
/** As in the training of the page's detectors: sides from 16 to 46 of 64 pixels, smaller where there are more. */
const LARGEST = [46, 38, 32, 28]
const SMALLEST = 16
const TRIES = 6

/** One to four drawings, mostly apart, on a slope between two colours; the same for a seed everywhere. */
export function generated(seed: number): { picture: Picture; pieces: Piece[] } {
  const next = uniform(seed)
  const count = 1 + Math.floor(next() * LARGEST.length)
  const pieces: Piece[] = []
  for (let i = 0; i < count; i++) {
    const pixels = SMALLEST * ((LARGEST[count - 1] as number) / SMALLEST) ** next()
    const size = pixels / SIDE
    const kind = { drawing: Math.floor(next() * DRAWN.length), variant: Math.floor(next() * 2), size }
    const tries = Array.from({ length: TRIES }, () => ({
      ...kind,
      x: size / 2 + next() * (1 - size),
      y: size / 2 + next() * (1 - size),
    }))
    pieces.push(tries.reduce((best, one) => (nearness(one, pieces) < nearness(best, pieces) ? one : best)))
  }
  const [from, to] = [0, 1].map(() => [next(), next(), next()]) as [number[], number[]]
  const slant = next()
  const data = new Uint8ClampedArray(4 * SIDE * SIDE).fill(255)
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const at = (slant * y + (1 - slant) * x) / (SIDE - 1)
      for (let c = 0; c < 3; c++) {
        data[4 * (y * SIDE + x) + c] = 255 * ((1 - at) * (from[c] as number) + at * (to[c] as number))
      }
    }
  }
  return { picture: { width: SIDE, height: SIDE, data }, pieces }
}

/** How much a drawing overlaps those that are there. */
function nearness({ x, y, size }: Piece, there: readonly Piece[]): number {
  const along = (gap: number, other: number) => Math.max(0, (size + other) / 2 - Math.abs(gap))
  return there.reduce((sum, one) => sum + along(x - one.x, one.size) * along(y - one.y, one.size), 0)
}
