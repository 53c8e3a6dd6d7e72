/** What stands for a hidden patch in the decoder of a masked-image model, in place of the vector it was trained with. */

import { ClsroomError } from '../core/errors.ts'
import { normal } from '../core/random.ts'
import type { Model } from '../models/model.ts'
import type { MaskToken } from './protocol.ts'

/**
 * @returns [Dd]; 'mean' where the model itself has to compute it; undefined for the trained vector
 * @throws ClsroomError `input` where the model has no mask token
 */
export function maskTokenOf(model: Model, choice: MaskToken | undefined): Float32Array | 'mean' | undefined {
  if (!choice || choice.type === 'trained') return undefined
  const { maskToken: trained } = model
  if (!trained) {
    throw new ClsroomError('input', 'The model has no mask token to replace', {
      found: model.info.modelType,
      expected: 'a masked-image model with its decoder, such as vit_mae',
    })
  }
  switch (choice.type) {
    case 'zeros':
      return new Float32Array(trained.length)
    case 'negated':
      return trained.map((value) => -value)
    case 'noise': {
      const next = normal(choice.seed)
      const direction = Float32Array.from(trained, () => next())
      const scale = norm(trained) / norm(direction)
      return direction.map((value) => value * scale)
    }
    case 'mean':
      return 'mean'
  }
}

function norm(vector: Float32Array): number {
  return Math.hypot(...vector)
}
