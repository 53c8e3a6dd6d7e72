/** The position table that a run read, and how alike its rows are. */

import { cosineMatrix } from '../core/vectors.ts'
import { chosenTable } from '../engine/position_table.ts'
import type { Engine } from './engine.ts'
import { gridOf, type VisionRun } from './vision_run.ts'

/**
 * The cosine of every patch position with every other; NaN where a row is zero and has no direction.
 * @returns [N, N] for the run's grid of N patches; CLS is left out
 */
export async function positionSimilarities(
  engine: Pick<Engine, 'weights'>,
  { model, doc, grid }: Pick<VisionRun, 'model' | 'doc' | 'grid'>,
): Promise<Float32Array> {
  const D = model.info.width
  const trained = gridOf(model)
  const { data } = await engine.weights(model.id, 'positions')
  const table = chosenTable(data, D, [trained.rows, trained.columns], [grid.rows, grid.columns], doc.positionTable)
  return cosineMatrix(Array.from({ length: table.length / D - 1 }, (_, p) => table.subarray((1 + p) * D, (2 + p) * D)))
}
