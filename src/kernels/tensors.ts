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
  /** Of a constant that is larger than a binding: its columns lie side by side in buffers of their own. `buffer` is the first of them. */
  readonly columns?: readonly Columns[]
}

/** Some neighbouring columns of a matrix. */
export interface Columns {
  tensor: Tensor
  /** The first of them. */
  first: number
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

/** The buffer of a tensor that lies in one piece. */
export function wholeBuffer({ buffer, columns }: GpuTensor): GPUBuffer {
  if (columns) throw misuse('A table in several buffers was given to an operation that reads one')
  return buffer
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
