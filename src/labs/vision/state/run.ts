/** One run of a vision model on one picture: the document it was made of, what the model saw, what came out. */

import type { ForwardRequest, ForwardResult, LoadedModel, MaskToken, PositionTable } from '../../../engine/protocol.ts'
import type { Picture } from '../../../engine/reader_protocol.ts'
import { type Crop, cropRect } from '../../../loaders/image_crop.ts'
import type { Stroke } from '../../../loaders/image_paint.ts'
import { crop, normalise, type PixelValues, resize, toModelSize } from '../../../loaders/image_resize.ts'
import { type MaskSpec, toMask } from '../../../sequence/mask.ts'
import { fromImage, type Grid, patchCount, patchGrid } from '../../../sequence/patches.ts'
import { imageInput } from '../../../sequence/run_input.ts'
import { active, type Sequence, type Token } from '../../../sequence/token.ts'
import { capturePlan } from '../../../state/capture.ts'
import type { Engine } from '../../../state/engine.ts'

/** A picture with the name it is known by: a sample's file, or what a person brought. */
export interface Photo {
  name: string
  source: 'sample' | 'own' | 'camera'
  picture: Picture
  /** Of one's own: the copy that its link holds (loaders/image_copy.ts); null where none is small enough. */
  copy?: string | null
  /** The picture itself is a smaller copy: it came with a link. */
  isSmaller?: boolean
}

export interface VisionDoc {
  model: string
  sequence: Sequence
  /** The unedited sequence: a permalink tells the difference. */
  base: Sequence
  mask: MaskSpec
  ablated: [layer: number, head: number][]
  positionTable: PositionTable
  /** Height and width of the input in pixels, when not the model's own: its positions are moved to that grid. */
  side: number | null
  crop: Crop
  strokes: readonly Stroke[]
  /** What stands for hidden patches in a model that draws them; the trained vector when absent. */
  maskToken?: MaskToken
}

/** What a model is shown: a part of the painted photo in the model's proportions, sharp and at the model's own resolution. */
export interface Sight {
  photo: Photo
  /** That part at full sharpness. */
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
export function sightOf(
  photo: Photo,
  painted: Picture,
  { crop: chosen, side }: Pick<VisionDoc, 'crop' | 'side'>,
  model: LoadedModel,
): Sight {
  return atSide({ photo, sharp: crop(painted, cropRect(chosen, painted, aspectOf(model))) }, side, model)
}

/** The same part of the photo at another resolution. */
export function atSide(
  { photo, sharp }: Pick<Sight, 'photo' | 'sharp'>,
  side: number | null,
  model: LoadedModel,
): Sight {
  const { preprocessor } = model
  const seen =
    side === null ? toModelSize(sharp, preprocessor) : resize(sharp, side, side, preprocessor?.resample ?? 'bilinear')
  return { photo, sharp, seen, pixels: normalise(seen, preprocessor) }
}

/** Width / height of what a model reads; other resolutions are offered to square models alone. */
export function aspectOf({ info }: Pick<LoadedModel, 'info'>): number {
  const [height, width] = info.image?.size ?? [1, 1]
  return width / height
}

/** The patches of an input of this side; by default of the model's own resolution. */
export function gridOf({ info }: LoadedModel, side: number | null = null): Grid {
  const { size, patch } = info.image ?? { size: [0, 0] as const, patch: 1 }
  return patchGrid(side ?? size[0], side ?? size[1], patch)
}

/** The trained tokens before the patches. */
export function leadingTokens({ info }: LoadedModel): { classTokens: number; registers: number } {
  const { classTokens, registers } = info.image ?? { classTokens: 1, registers: 0 }
  return { classTokens, registers }
}

/** Rows of the position table for a grid. */
export function positionRows(model: LoadedModel, grid: Grid): number {
  return leadingTokens(model).classTokens + patchCount(grid)
}

/** A picture's sequence as the model was trained on it. */
export function unedited(model: LoadedModel, side: number | null): Sequence {
  const { classTokens, registers } = leadingTokens(model)
  return fromImage(gridOf(model, side), registers, classTokens)
}

/**
 * @param layer whose maps are read back where a run has too many for all
 * @param capture what to read back, when not everything that is shown
 */
export async function runVision(
  engine: Pick<Engine, 'forward'>,
  { model, doc, sight, layer }: { model: LoadedModel; doc: VisionDoc; sight: Sight; layer: number },
  capture?: Partial<ForwardRequest['capture']>,
): Promise<VisionRun> {
  const { info } = model
  const tokens = active(doc.sequence)
  const request = visionRequest(model, doc, sight, {
    attentions: capturePlan(info, tokens.length, layer),
    hiddenStates: true,
    ...capture,
  })
  const result = await engine.forward(request)
  const { positions } = request.input
  return {
    ...sight,
    model,
    doc,
    grid: gridOf(model, doc.side),
    tokens,
    positions,
    pooledRow: request.pooledRow,
    result,
  }
}

/** What a document asks of the engine. The worker takes its own copy of the pixels: these stay here to be shown. */
export function visionRequest(
  model: LoadedModel,
  doc: VisionDoc,
  { pixels }: Pick<Sight, 'pixels'>,
  capture: ForwardRequest['capture'],
) {
  const { info } = model
  const tokens = active(doc.sequence)
  const { sources, positions, extras } = imageInput(doc.sequence, {
    ...leadingTokens(model),
    maxPositions: positionRows(model, gridOf(model, doc.side)),
  })
  return {
    model: model.id,
    input: {
      kind: 'image' as const,
      pixels,
      sources,
      positions,
      extras,
      positionTable: doc.positionTable,
      maskToken: doc.maskToken,
    },
    mask: toMask(doc.sequence, doc.mask, info),
    ablate: doc.ablated,
    capture,
    pooledRow: Math.max(
      0,
      tokens.findIndex((token) => token.kind === 'cls'),
    ),
    contentRows: tokens.map((token) => (token.kind === 'patch' && token.status === 'read' ? 1 : 0)),
  } satisfies ForwardRequest
}
