/** The position table that a run read, and how alike its rows are. */

import { cosineMatrix, weightedMean } from '../../../core/vectors.ts'
import { chosenTable } from '../../../engine/position_table.ts'
import type { Engine } from '../../../state/engine.ts'
import { gridOf, type VisionRun } from './run.ts'

/**
 * The cosine of every patch position with every other; NaN where a row is zero and has no direction.
 * @param centred takes the mean position off first: what all rows share makes all of them alike
 * @returns [N, N] for the run's grid of N patches; class tokens are left out
 */
export async function positionSimilarities(
  engine: Pick<Engine, 'weights'>,
  { model, doc, grid }: Pick<VisionRun, 'model' | 'doc' | 'grid'>,
  centred: boolean,
): Promise<Float32Array> {
  const D = model.info.width
  const image = model.info.image as NonNullable<typeof model.info.image>
  const trained = gridOf(model)
  const { data } = await engine.weights(model.id, 'positions')
  const table = chosenTable(
    data,
    D,
    [trained.rows, trained.columns],
    [grid.rows, grid.columns],
    doc.positionTable,
    image,
  )
  const patches = table.subarray(image.classTokens * D)
  const N = patches.length / D
  const mean = centred ? weightedMean(patches, D, new Float32Array(N).fill(1)) : new Float32Array(D)
  const centre = patches.map((value, i) => value - (mean[i % D] as number))
  return cosineMatrix(Array.from({ length: N }, (_, p) => centre.subarray(p * D, (p + 1) * D)))
}
