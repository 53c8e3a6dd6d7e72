/** A model in one step. For tests. */

import type { Weights } from '../../core/model.ts'
import type { Backend } from '../../core/ops.ts'
import { modelBuilder } from '../index.ts'
import type { Model } from '../model.ts'

export async function createModel(config: unknown, weights: Weights, backend: Backend): Promise<Model> {
  return (await modelBuilder(config))(weights, backend)
}
