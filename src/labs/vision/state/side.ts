/** Inputs of another resolution than the model was trained at. */

import { ClsroomError } from '../../../core/errors.ts'
import type { LoadedModel, ModelInfo } from '../../../engine/protocol.ts'
import { regrid } from '../../../sequence/regrid.ts'
import { gridOf, unedited, type VisionDoc } from './run.ts'

/** Of the model's own side: 24, 32, 48 and 64 pixels for a model of 32. */
const SCALES = [0.75, 1, 1.5, 2]

/** The sides a model is offered, in whole patches; none but its own where that is not square. */
export function inputSides({ image }: ModelInfo): number[] {
  if (!image) return []
  const [height, width] = image.size
  if (height !== width) return [height]
  const sides = SCALES.map((scale) => (scale === 1 ? height : wholePatches(height * scale, image.patch)))
  return [...new Set(sides)].sort((a, b) => a - b)
}

/** The offered side nearest to what a link asks for; null is the model's own. */
export function nearestSide(info: ModelInfo, wanted: number): number | null {
  const own = info.image?.size[0] ?? 0
  const nearest = inputSides(info).reduce(
    (best, side) => (Math.abs(side - wanted) < Math.abs(best - wanted) ? side : best),
    own,
  )
  return nearest === own ? null : nearest
}

function wholePatches(pixels: number, patch: number): number {
  return Math.max(1, Math.round(pixels / patch)) * patch
}

/** A document's tokens for an input of another side. */
export function toSide(
  { sequence, mask, side: before }: VisionDoc,
  model: LoadedModel,
  side: number | null,
): Pick<VisionDoc, 'sequence' | 'base' | 'mask' | 'side'> & { problem: ClsroomError | null } {
  const [from, to] = [gridOf(model, before), gridOf(model, side)]
  const moved = regrid(sequence, mask, from, to)
  const problem =
    moved.lostCells === 0
      ? null
      : new ClsroomError('state', 'Cells painted for patches do not fit another patch grid and were left out', {
          found: `${moved.lostCells} cells`,
          advice: 'Undo brings them back',
        })
  const base = unedited(model, side)
  return { sequence: moved.sequence, mask: moved.mask, base, side, problem }
}
