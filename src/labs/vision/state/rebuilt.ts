/** What a masked autoencoder made of the patches it did not read: real runs, measured against the picture. */

import type { MaskToken } from '../../../engine/protocol.ts'
import { denormalise, type Picture } from '../../../loaders/image_resize.ts'
import { choosePatches, type Strategy, silencePatches } from '../../../sequence/patch_masking.ts'
import { patchCount } from '../../../sequence/patches.ts'
import type { Engine } from '../../../state/engine.ts'
import type { Step } from '../../../state/job.ts'
import {
  fromNormalised,
  harmonicFill,
  holeOf,
  meanFill,
  type PatchGrid,
  type Pixels,
  patchErrors,
  patchify,
  type Quality,
  quality,
  unpatchify,
} from '../../../viz/reconstruction.ts'
import type { VisionRun } from './run.ts'
import { vary } from './variations.ts'

const CHANNELS = 3

export interface Rebuilt {
  /** What the model was shown, in 0 … 1. */
  truth: Pixels
  /** What it drew, hidden patches and visible ones [C, H, W], in 0 … 1 unless it overshot. */
  made: Float32Array
  /** The patches that were not in the run. */
  hidden: number[]
  /** [H · W] */
  hole: Uint8Array
  grid: PatchGrid
}

const known = new WeakMap<VisionRun, Rebuilt | null>()

/** Null of a model that draws nothing. */
export function rebuilt(run: VisionRun): Rebuilt | null {
  const before = known.get(run)
  if (before !== undefined) return before
  const made = rebuild(run)
  known.set(run, made)
  return made
}

function rebuild({ model, pixels, grid: { rows, columns }, tokens, result }: VisionRun): Rebuilt | null {
  const { reconstructs, image } = model.info
  const answer = result.logits.reconstruction
  if (!reconstructs || !image || !answer) return null
  const grid: PatchGrid = { rows, columns, patch: image.patch }
  const read = new Set(tokens.flatMap(({ origin }) => (origin.type === 'patch' ? [origin.patch] : [])))
  const hidden = [...Array(rows * columns).keys()].filter((patch) => !read.has(patch))
  const normalised = inside(pixels.data, pixels.dims, grid)
  const n = grid.patch ** 2 * CHANNELS
  const patches = reconstructs.normalised
    ? fromNormalised(answer.data, patchify(normalised, grid, CHANNELS), n)
    : answer.data
  return {
    truth: {
      channels: CHANNELS,
      height: rows * grid.patch,
      width: columns * grid.patch,
      data: denormalise(normalised, model.preprocessor),
    },
    made: denormalise(unpatchify(patches, grid, CHANNELS), model.preprocessor),
    hidden,
    hole: holeOf(hidden, grid),
    grid,
  }
}

/** Without the pixels beyond the last whole patch. @param data [C, H, W] */
function inside(
  data: Float32Array,
  [channels, height, width]: readonly [number, number, number],
  { rows, columns, patch }: PatchGrid,
): Float32Array {
  const [h, w] = [rows * patch, columns * patch]
  if (h === height && w === width) return data
  return Float32Array.from({ length: channels * h * w }, (_, i) => {
    const c = Math.floor(i / (h * w))
    return data[(c * height + (Math.floor(i / w) % h)) * width + (i % w)] as number
  })
}

/** Who fills the hole: the model, or one of two baselines that know nothing of pictures. */
export const FILLERS = ['model', 'harmonic', 'mean'] as const
export type Filler = (typeof FILLERS)[number]

export function filled({ truth, made, hole }: Rebuilt, filler: Filler): Float32Array {
  if (filler === 'model') return made
  return filler === 'harmonic' ? harmonicFill(truth, hole) : meanFill(truth, hole)
}

export function qualities(one: Rebuilt): Record<Filler, Quality> {
  const of = (filler: Filler) => quality(one.truth, filled(one, filler), one.hole)
  return { model: of('model'), harmonic: of('harmonic'), mean: of('mean') }
}

/** [N], 0 where the patch was read. */
export function errorsOf({ truth, made, hole, grid }: Rebuilt): Float32Array {
  return patchErrors(truth, made, hole, grid)
}

/** Pixels as a canvas takes them; hidden ones that nobody filled are left out (transparent). */
export function toPicture({ height, width, data }: Pixels, hole?: Uint8Array): Picture {
  const area = height * width
  const rgba = new Uint8ClampedArray(4 * area)
  for (let i = 0; i < area; i++) {
    for (let c = 0; c < CHANNELS; c++) rgba[4 * i + c] = 255 * (data[c * area + i] as number)
    rgba[4 * i + 3] = hole?.[i] ? 0 : 255
  }
  return { width, height, data: rgba }
}

// ------------------------------------------------------------------------------------------------ other mask tokens

export const MASK_TOKENS = ['trained', 'zeros', 'negated', 'noise', 'mean'] as const
export type MaskTokenType = (typeof MASK_TOKENS)[number]

export function maskToken(type: MaskTokenType, seed: number): MaskToken {
  return type === 'noise' ? { type, seed } : { type }
}

/** The same picture and the same hole with every vector in the place of the mask token. */
export async function withMaskTokens(
  engine: Pick<Engine, 'forward'>,
  run: VisionRun,
  seed: number,
): Promise<Record<MaskTokenType, Quality>> {
  const results: [MaskTokenType, Quality][] = []
  for (const type of MASK_TOKENS) {
    const other = await vary(
      engine,
      run,
      { maskToken: maskToken(type, seed) },
      { attentions: false, hiddenStates: false },
    )
    const one = rebuilt(other)
    if (one) results.push([type, quality(one.truth, one.made, one.hole)])
  }
  return Object.fromEntries(results) as Record<MaskTokenType, Quality>
}

// ------------------------------------------------------------------------------------------------ what a mask token reads

export interface DecoderReads {
  layer: number
  /** [N]: what the hidden patch reads in each place of the picture. */
  shares: Float32Array
  /** The sum over visible patches, over the places of mask tokens other than its own, of itself, of CLS. */
  parts: { visible: number; hidden: number; own: number; cls: number }
}

/** What the decoder's token of a patch reads, layer by layer; empty where the decoder's maps were not read back. */
export function decoderReads(run: VisionRun, patch: number, head: number | 'mean'): DecoderReads[] {
  const { decoder } = run.result
  const one = rebuilt(run)
  if (!decoder || !one) return []
  const hidden = new Set(one.hidden)
  const N = one.grid.rows * one.grid.columns
  return decoder.attentions.flatMap((map, layer) => {
    if (!map) return []
    const [heads, T] = map.dims as [number, number]
    const first = T - N // CLS stands before the patches, unless the encoder read none
    const row = rowOfHeads(map.data, { heads, T, row: first + patch, head })
    const shares = Float32Array.from(row.subarray(first))
    const parts = { visible: 0, hidden: 0, own: shares[patch] as number, cls: first > 0 ? (row[0] as number) : 0 }
    shares.forEach((share, p) => {
      if (p !== patch) parts[hidden.has(p) ? 'hidden' : 'visible'] += share
    })
    return [{ layer, shares, parts }]
  })
}

function rowOfHeads(
  map: Float32Array,
  { heads, T, row, head }: { heads: number; T: number; row: number; head: number | 'mean' },
): Float32Array {
  const rowIn = (h: number) => map.subarray((h * T + row) * T, (h * T + row + 1) * T)
  if (head !== 'mean' && head < heads) return rowIn(head)
  const sum = new Float32Array(T)
  for (let h = 0; h < heads; h++) {
    for (const [t, value] of rowIn(h).entries()) sum[t] = (sum[t] as number) + value / heads
  }
  return sum
}

/** How far the drawing of one patch moves when another one is hidden, too: the root of the mean squared difference, in 0 … 1. */
export async function effectOfHiding(
  engine: Pick<Engine, 'forward'>,
  run: VisionRun,
  { asked, hides }: { asked: number; hides: number },
): Promise<number> {
  const now = rebuilt(run)
  if (!now) return Number.NaN
  const sequence = silencePatches(run.doc.sequence, [...now.hidden, hides], 'removed')
  const later = rebuilt(await vary(engine, run, { sequence }, { attentions: false, hiddenStates: false }))
  if (!later) return Number.NaN
  const n = now.grid.patch ** 2 * CHANNELS
  const drawn = ({ made, grid }: Rebuilt) => patchify(made, grid, CHANNELS).subarray(asked * n, (asked + 1) * n)
  const [a, b] = [drawn(now), drawn(later)]
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0) / n)
}

// ------------------------------------------------------------------------------------------------ curves

const RATIOS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

export interface RebuildInput {
  /** The run with every patch read. */
  whole: VisionRun
  strategy: Exclude<Strategy, 'hand'>
  /** [N]: for `most` and `least`. */
  scores?: ArrayLike<number>
  /** How many seeds, from `seed` on, random and block are averaged over. */
  draws: number
  seed: number
}

export interface RebuildPoint {
  /** The share of patches that was hidden; a block is not of every size. */
  ratio: number
  qualities: Record<Filler, Quality>
}

export interface RebuildCurves {
  input: RebuildInput
  points: RebuildPoint[]
}

/** How well the hole is filled as it grows. */
export async function measureRebuilding(
  engine: Pick<Engine, 'forward'>,
  input: RebuildInput,
  step: Step<RebuildCurves>,
): Promise<RebuildCurves> {
  const { strategy, whole, seed, scores } = input
  const draws = strategy === 'random' || strategy === 'block' ? input.draws : 1
  const result: RebuildCurves = { input, points: [] }
  let done = 0
  for (const ratio of RATIOS) {
    const points: RebuildPoint[] = []
    for (let draw = 0; draw < draws; draw++) {
      if (!step(done++, RATIOS.length * draws)) return result
      const patches = choosePatches(whole.grid, { strategy, ratio, seed: seed + draw, scores })
      const sequence = silencePatches(whole.doc.sequence, patches, 'removed')
      const one = rebuilt(await vary(engine, whole, { sequence }, { attentions: false, hiddenStates: false }))
      if (one) points.push({ ratio: patches.length / patchCount(whole.grid), qualities: qualities(one) })
    }
    result.points = [...result.points, meanPoint(points)]
    step(done, RATIOS.length * draws, { ...result })
  }
  return result
}

function meanPoint(points: readonly RebuildPoint[]): RebuildPoint {
  const mean = (of: (point: RebuildPoint) => number) => points.reduce((sum, one) => sum + of(one), 0) / points.length
  const ofFiller = (filler: Filler): Quality => ({
    mse: mean((point) => point.qualities[filler].mse),
    psnr: mean((point) => point.qualities[filler].psnr),
    ssim: mean((point) => point.qualities[filler].ssim),
  })
  return {
    ratio: mean(({ ratio }) => ratio),
    qualities: { model: ofFiller('model'), harmonic: ofFiller('harmonic'), mean: ofFiller('mean') },
  }
}
