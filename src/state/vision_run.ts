/** One run of a vision model on one picture: the document it was made of, what the model saw, what came out. */

import type { ForwardRequest, ForwardResult, LoadedModel, PositionTable } from '../engine/protocol.ts'
import type { Picture } from '../engine/reader_protocol.ts'
import { type Crop, cropRect } from '../loaders/image_crop.ts'
import type { Stroke } from '../loaders/image_paint.ts'
import { crop, normalise, type PixelValues, toModelSize } from '../loaders/image_resize.ts'
import { type MaskSpec, toMask } from '../sequence/mask.ts'
import { type Grid, patchGrid } from '../sequence/patches.ts'
import { imageInput } from '../sequence/run_input.ts'
import { active, type Sequence, type Token } from '../sequence/token.ts'
import { capturePlan } from './capture.ts'
import type { Engine } from './engine.ts'

/** A picture with the name it is known by: a sample's file, or what a person brought. */
export interface Photo {
  name: string
  source: 'sample' | 'own' | 'camera'
  picture: Picture
}

export interface VisionDoc {
  model: string
  sequence: Sequence
  /** The unedited sequence: a permalink tells the difference. */
  base: Sequence
  mask: MaskSpec
  ablated: [layer: number, head: number][]
  positionTable: PositionTable
  crop: Crop
  strokes: readonly Stroke[]
}

/** What a model is shown: the square part of the painted photo, sharp and at the model's own resolution. */
export interface Sight {
  photo: Photo
  /** The square part at full sharpness. */
  sharp: Picture
  /** The same at the model's resolution. */
  seen: Picture
  /** The numbers the model reads. */
  pixels: PixelValues
}

export interface VisionRun extends Sight {
  model: LoadedModel
  doc: VisionDoc
  grid: Grid
  tokens: Token[]
  positions: number[]
  pooledRow: number
  result: ForwardResult
}

/** @param painted the photo's picture with its strokes */
export function sightOf(photo: Photo, painted: Picture, chosen: Crop, { preprocessor }: LoadedModel): Sight {
  const sharp = crop(painted, cropRect(chosen, painted))
  const seen = toModelSize(sharp, preprocessor)
  return { photo, sharp, seen, pixels: normalise(seen, preprocessor) }
}

/** The patches of a model's own resolution. */
export function gridOf({ info }: LoadedModel): Grid {
  const { size, patch } = info.image ?? { size: [0, 0] as const, patch: 1 }
  return patchGrid(size[0], size[1], patch)
}

/**
 * @param layer whose maps are read back where a run has too many for all
 * @param capture what to read back, when not everything that is shown
 */
export async function runVision(
  engine: Engine,
  { model, doc, sight, layer }: { model: LoadedModel; doc: VisionDoc; sight: Sight; layer: number },
  capture?: Partial<ForwardRequest['capture']>,
): Promise<VisionRun> {
  const { info } = model
  const tokens = active(doc.sequence)
  const trained = gridOf(model)
  const input = imageInput(doc.sequence, {
    registers: info.image?.registers ?? 0,
    maxPositions: 1 + trained.rows * trained.columns,
  })
  const pooledRow = Math.max(
    0,
    tokens.findIndex((token) => token.kind === 'cls'),
  )
  // The worker takes its own copy of the pixels: these stay here to be shown.
  const result = await engine.forward({
    model: model.id,
    input: {
      kind: 'image',
      pixels: sight.pixels,
      sources: input.sources,
      positions: input.positions,
      extras: input.extras,
      positionTable: doc.positionTable,
    },
    mask: toMask(doc.sequence, doc.mask, info.layers),
    ablate: doc.ablated,
    capture: { attentions: capturePlan(info, tokens.length, layer), hiddenStates: true, ...capture },
    pooledRow,
    contentRows: tokens.map((token) => (token.kind === 'patch' && token.status === 'read' ? 1 : 0)),
  })
  return { ...sight, model, doc, grid: trained, tokens, positions: input.positions, pooledRow, result }
}
