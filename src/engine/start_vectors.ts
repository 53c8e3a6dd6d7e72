/** The start vectors of tokens the model never trained, as numbers. */

import { ClsroomError } from '../core/errors.ts'
import { normal } from '../core/random.ts'
import type { StartVector } from '../core/tokens.ts'
import type { Model, ModelInput } from '../models/model.ts'

/** @returns [extras.length, D] */
export function startVectors(
  model: Model,
  input: ModelInput,
  extras: StartVector[],
  contentRows?: Uint32Array,
): Float32Array<ArrayBuffer> {
  const D = embeddingWidth(model)
  const rows = new Float32Array(extras.length * D)
  extras.forEach((extra, e) => {
    rows.set(startVector(model, input, extra, contentRows), e * D)
  })
  return rows
}

function embeddingWidth({ info }: Model): number {
  return info.embeddingWidth ?? info.width
}

function startVector(model: Model, input: ModelInput, start: StartVector, contentRows?: Uint32Array): Float32Array {
  const D = embeddingWidth(model)
  switch (start.type) {
    case 'zeros':
      return new Float32Array(D)
    case 'normal': {
      const next = normal(start.seed)
      return Float32Array.from({ length: D }, () => start.std * next())
    }
    case 'mean':
      return model.contentMean(input, contentRows)
    case 'copy': {
      const rows = model.tokenTable.length / D
      if (!(start.of >= 0 && start.of < rows)) {
        throw new ClsroomError('input', 'There is no such trained token to copy', {
          found: `row ${start.of}`,
          expected: `0 to ${rows - 1}`,
        })
      }
      return model.tokenTable.subarray(start.of * D, (start.of + 1) * D).map((value) => value * start.scale)
    }
  }
}
