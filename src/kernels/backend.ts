/** The WebGPU backend: constants and sessions on one device. */

import { bytesPerNumber, Halves } from '../core/dtypes.ts'
import { expectData } from '../core/op_shapes.ts'
import type { Backend, DType, Tensor, TypedArray } from '../core/ops.ts'
import type { Shape } from '../core/shapes.ts'
import { createMemory } from '../gpu/buffers.ts'
import type { Gpu } from '../gpu/device.ts'
import { createPipelineCache } from '../gpu/pipelines.ts'
import { createReadback } from '../gpu/readback.ts'
import { createSession } from './session.ts'
import { type GpuTensor, makeTensor } from './tensors.ts'
import { type Tuning, tuningOf } from './tuning.ts'

export interface BackendOptions {
  /** Which variants of the kernels to use; by default those that suit the adapter. */
  tuning?: Tuning
  /** Bytes of the largest constant that lies in one buffer; by default what the device binds. */
  largest?: number
}

export function createGpuBackend(gpu: Gpu, options: BackendOptions = {}): Backend {
  const { maxBufferSize, maxStorageBufferBindingSize } = gpu.device.limits
  const { tuning = tuningOf(gpu.adapter), largest = Math.min(maxBufferSize, maxStorageBufferBindingSize) } = options
  const memory = createMemory(gpu)
  const pipelines = createPipelineCache(gpu)
  const readback = createReadback(memory)

  function constant(shape: Shape, data: TypedArray | Halves): GpuTensor {
    const dtype = expectData(shape, data)
    const width = fittingColumns(shape, dtype)
    if (data.byteLength > largest && width > 0) return inColumns(shape as [number, number], data, width)
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST
    // As in a pool: never empty, and whole chunks.
    const buffer = memory.create('constant', Math.max(16, Math.ceil(data.byteLength / 16) * 16), usage)
    const numbers = data instanceof Halves ? wholeWords(data.bits) : data
    gpu.device.queue.writeBuffer(buffer, 0, numbers as TypedArray & { buffer: ArrayBuffer })
    return makeTensor(shape, dtype, buffer, { run: null, data: data instanceof Halves ? undefined : data })
  }

  /** Columns of a matrix that lie in one buffer, in whole chunks; 0 where there are none, or no columns. */
  function fittingColumns(shape: Shape, dtype: DType): number {
    if (shape.length !== 2) return 0
    const columns = Math.floor(largest / ((shape[0] as number) * bytesPerNumber(dtype)))
    return columns - (columns % 4)
  }

  /** A matrix that no binding holds: `width` columns, and those behind them in further buffers. */
  function inColumns([rows, all]: [number, number], data: TypedArray | Halves, width: number): GpuTensor {
    const columns = Array.from({ length: Math.ceil(all / width) }, (_, n) => {
      const first = n * width
      const own = Math.min(width, all - first)
      return { tensor: constant([rows, own], someColumns(data, all, first, own)), first }
    })
    return { ...(columns[0] as { tensor: GpuTensor }).tensor, shape: [rows, all], columns }
  }

  const context = { gpu, memory, pipelines, readback, tuning, nothing: constant([0], new Float32Array(0)) }
  return {
    kind: 'webgpu',
    constant,
    session: () => createSession(context),
    free(tensors: Iterable<Tensor>) {
      for (const tensor of tensors as Iterable<GpuTensor>) {
        for (const piece of tensor.columns ?? [{ tensor }]) memory.destroy((piece.tensor as GpuTensor).buffer)
      }
    },
    stats: () => ({ bytes: memory.bytes, pipelines: pipelines.size }),
  }
}

/** Buffers are written in whole words: an odd number of halves gets one more. */
function wholeWords(bits: Uint16Array): Uint16Array {
  if (bits.length % 2 === 0) return bits
  const padded = new Uint16Array(bits.length + 1)
  padded.set(bits)
  return padded
}

/** Columns `first` to `first + width` of a matrix with rows of `all`. */
function someColumns(data: TypedArray | Halves, all: number, first: number, width: number): TypedArray | Halves {
  if (data instanceof Halves) return new Halves(data.format, cut(data.bits, all, first, width))
  return cut(data, all, first, width)
}

function cut<A extends TypedArray | Uint16Array>(numbers: A, all: number, first: number, width: number): A {
  const rows = numbers.length / all
  const out = new (numbers.constructor as new (length: number) => A)(rows * width)
  for (let row = 0; row < rows; row++) {
    out.set(numbers.subarray(row * all + first, row * all + first + width), row * width)
  }
  return out
}
