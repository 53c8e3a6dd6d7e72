/** One run of a model with several class tokens on one picture: what it was made of, what is true of it, what came out. */

import type { ForwardRequest, ForwardResult, LoadedModel, ModelInfo } from '../../../../engine/protocol.ts'
import { CENTRE, cropRect } from '../../../../loaders/image_crop.ts'
import { crop, normalise, type Picture, type PixelValues, toModelSize } from '../../../../loaders/image_resize.ts'
import { toMask } from '../../../../sequence/mask.ts'
import { fromImage, type Grid, patchCount, patchGrid } from '../../../../sequence/patches.ts'
import { imageInput } from '../../../../sequence/run_input.ts'
import { active, type Sequence, type Token } from '../../../../sequence/token.ts'
import { capturePlan } from '../../../../state/capture.ts'
import type { Engine } from '../../../../state/engine.ts'
import { isEmbeddable } from '../../../../state/python_pictures.ts'
import { COLOURS, colourOf, paintRim, type Quarters, type Rim, rimMean, turn } from './lesson.ts'
import { type ClassReads, maskOf } from './reads.ts'

/** A picture with the name it is known by. */
export interface Photo {
  name: string
  source: 'sample' | 'own'
  picture: Picture
  /** What is truly on a sample, upright; null: nothing that the model has a name for, or nobody said. */
  label: string | null
  /** Of one's own: the copy that its link holds; null where none is small enough. */
  copy?: string | null
}

export interface PictureDoc {
  model: string
  sequence: Sequence
  /** The unedited sequence: a link tells the difference. */
  base: Sequence
  quarters: Quarters
  rim: Rim | null
  reads: ClassReads
  ablated: [layer: number, head: number][]
}

/** What the model is shown: the photo turned, its rim painted, sharp and at the model's own resolution. */
export interface Sight {
  sharp: Picture
  seen: Picture
  pixels: PixelValues
}

export interface PictureRun extends Sight {
  model: LoadedModel
  doc: PictureDoc
  photo: Photo
  grid: Grid
  tokens: Token[]
  positions: number[]
  /** By head the right answer, by the recipe's rules; null where nobody knows it. */
  truth: Readonly<Record<string, string | null>>
  result: ForwardResult
}

/** The names of the class tokens. */
export function classNames({ image }: ModelInfo): readonly string[] {
  return image?.classNames ?? []
}

/** The picture's sequence as the model was trained on it. */
export function unedited({ info }: Pick<LoadedModel, 'info'>): Sequence {
  const names = classNames(info)
  return fromImage(gridOf(info), 0, names.length, names)
}

function gridOf({ image }: ModelInfo): Grid {
  const { size, patch } = image ?? { size: [0, 0] as const, patch: 1 }
  return patchGrid(size[0], size[1], patch)
}

/** The rim is the outermost ring of patches. */
export function sightOf(
  photo: Pick<Photo, 'picture'>,
  { quarters, rim }: Pick<PictureDoc, 'quarters' | 'rim'>,
  { info, preprocessor }: Pick<LoadedModel, 'info' | 'preprocessor'>,
): Sight {
  const [height, width] = info.image?.size ?? [1, 1]
  const patch = info.image?.patch ?? 1
  const turned = turn(photo.picture, quarters)
  const part = crop(turned, cropRect(CENTRE, turned, width / height))
  const small = toModelSize(part, preprocessor)
  const seen = rim ? paintRim(small, rim, patch) : small
  const sharp = rim ? paintRim(part, rim, Math.max(1, Math.round((patch * part.width) / small.width))) : part
  return { sharp, seen, pixels: normalise(seen, preprocessor) }
}

const TURNS = ['0', '90', '180', '270']

/** The recipe's own answers, for heads that have its labels. */
export function truthOf(
  info: ModelInfo,
  { label }: Pick<Photo, 'label'>,
  { quarters }: Pick<PictureDoc, 'quarters'>,
  { seen }: Pick<Sight, 'seen'>,
): PictureRun['truth'] {
  const colour = colourOf(rimMean(seen, info.image?.patch ?? 1))
  return Object.fromEntries(
    Object.entries(info.labels).map(([head, names]) => {
      if (isSame(names, COLOURS)) return [head, colour]
      if (isSame(names, TURNS)) return [head, TURNS[quarters] as string]
      return [head, label !== null && names.includes(label) ? label : null]
    }),
  )
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i])
}

export interface RunInput {
  model: LoadedModel
  doc: PictureDoc
  photo: Photo
  /** Whose maps are read back where there are too many for all. */
  layer: number
}

/** @param capture what to read back, when not everything that is shown */
export async function runPicture(
  engine: Pick<Engine, 'forward'>,
  { model, doc, photo, layer }: RunInput,
  capture?: Partial<ForwardRequest['capture']>,
): Promise<PictureRun> {
  const { info } = model
  const sight = sightOf(photo, doc, model)
  const tokens = active(doc.sequence)
  const grid = gridOf(info)
  const names = classNames(info)
  const { sources, positions, extras } = imageInput(doc.sequence, {
    classTokens: names.length,
    registers: 0,
    maxPositions: names.length + patchCount(grid),
  })
  const result = await engine.forward({
    model: model.id,
    input: { kind: 'image', pixels: sight.pixels, sources, positions, extras },
    mask: toMask(doc.sequence, maskOf(doc.sequence, doc.reads), info.layers),
    ablate: doc.ablated,
    capture: {
      attentions: capturePlan(info, tokens.length, layer),
      hiddenStates: true,
      // What poolings and other class tokens would answer follows from these.
      rowAnswers: true,
      ...capture,
    },
  })
  return { ...sight, model, doc, photo, grid, tokens, positions, truth: truthOf(info, photo, doc, sight), result }
}

/** Whether a snippet can say all of a run: it has no word for start vectors that nobody trained. */
export function isWritable({ seen, tokens }: Pick<PictureRun, 'seen' | 'tokens'>): boolean {
  return isEmbeddable(seen) && tokens.every(({ start }) => !start)
}
