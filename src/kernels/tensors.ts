/** Tensors on the GPU. */

import { ClsroomError } from '../core/errors.ts'
import type { DType, Tensor, TypedArray } from '../core/ops.ts'
import type { Shape } from '../core/shapes.ts'

export interface GpuTensor extends Tensor {
  readonly buffer: GPUBuffer
  /** The numbers of integer tensors that came from the page, so that indices can be checked before a kernel reads them. */
  readonly host: TypedArray | null
  /** The run that an input or intermediate belongs to; null for constants. */
  readonly run: object | null
  /** Set where an intermediate's memory may already hold something else. */
  released: boolean
}

export function makeTensor(
  shape: Shape,
  dtype: DType,
  buffer: GPUBuffer,
  origin: { run: object | null; data?: TypedArray },
): GpuTensor {
  const host = origin.data && dtype !== 'f32' ? origin.data : null
  return { shape, dtype, buffer, host, run: origin.run, released: false }
}

/** The tensor as one of this backend, alive in `run`. @throws ClsroomError('internal') for one that is not */
export function aliveIn(run: object, tensor: Tensor): GpuTensor {
  if (!('buffer' in tensor)) throw misuse('A tensor of another backend was given to the GPU backend')
  const found = tensor as GpuTensor
  if (found.run !== null && found.run !== run) throw misuse('A tensor of an earlier run was used again')
  if (found.released) throw misuse('A tensor was used after its release')
  return found
}

function misuse(what: string): ClsroomError {
  return new ClsroomError('internal', what)
}
