/** Tensors in the linear memory. */

import { ClsroomError } from '../core/errors.ts'
import type { ArrayDType, Tensor, TypedArray } from '../core/ops.ts'
import { numel, type Shape } from '../core/shapes.ts'

export interface WasmTensor extends Tensor {
  readonly dtype: ArrayDType
  readonly address: number
  /** The run that an input or intermediate belongs to; null for constants. */
  readonly run: object | null
  /** Set where the memory may already hold something else. */
  released: boolean
}

export function makeTensor(shape: Shape, dtype: ArrayDType, address: number, run: object | null): WasmTensor {
  return { shape, dtype, address, run, released: false }
}

/** The tensor as one of this backend, alive in `run`. @throws ClsroomError('internal') for one that is not */
export function aliveIn(run: object, tensor: Tensor): WasmTensor {
  if (!('address' in tensor)) throw misuse('A tensor of another backend was given to the WASM backend')
  const found = tensor as WasmTensor
  if (found.run !== null && found.run !== run) throw misuse('A tensor of an earlier run was used again')
  if (found.released) throw misuse('A tensor was used after its release')
  return found
}

/** The numbers where they lie. Only until the memory grows: it moves then. */
export function viewOf(memory: WebAssembly.Memory, { dtype, address, shape }: WasmTensor): TypedArray {
  const Numbers = { f32: Float32Array, u32: Uint32Array, i32: Int32Array }[dtype]
  return new Numbers(memory.buffer, address, numel(shape))
}

function misuse(what: string): ClsroomError {
  return new ClsroomError('internal', what)
}
