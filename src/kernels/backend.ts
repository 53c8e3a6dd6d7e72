/** The WebGPU backend: constants and sessions on one device. */

import { expectData } from '../core/op_shapes.ts'
import type { Backend, Tensor, TypedArray } from '../core/ops.ts'
import type { Shape } from '../core/shapes.ts'
import { createMemory } from '../gpu/buffers.ts'
import type { Gpu } from '../gpu/device.ts'
import { createPipelineCache } from '../gpu/pipelines.ts'
import { createReadback } from '../gpu/readback.ts'
import { createSession } from './session.ts'
import { type GpuTensor, makeTensor } from './tensors.ts'
import { type Tuning, tuningOf } from './tuning.ts'

/**
 * @param tuning which variants of the kernels to use; by default those that suit the adapter
 */
export function createGpuBackend(gpu: Gpu, tuning: Tuning = tuningOf(gpu.adapter)): Backend {
  const memory = createMemory(gpu)
  const pipelines = createPipelineCache(gpu)
  const readback = createReadback(memory)

  function constant(shape: Shape, data: TypedArray): GpuTensor {
    const dtype = expectData(shape, data)
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST
    // As in a pool: never empty, and whole chunks.
    const buffer = memory.create('constant', Math.max(16, Math.ceil(data.byteLength / 16) * 16), usage)
    gpu.device.queue.writeBuffer(buffer, 0, data as TypedArray & { buffer: ArrayBuffer })
    return makeTensor(shape, dtype, buffer, { run: null, data })
  }

  const context = { gpu, memory, pipelines, readback, tuning, nothing: constant([0], new Float32Array(0)) }
  return {
    kind: 'webgpu',
    constant,
    session: () => createSession(context),
    free(tensors: Iterable<Tensor>) {
      for (const tensor of tensors) memory.destroy((tensor as GpuTensor).buffer)
    },
    stats: () => ({ bytes: memory.bytes, pipelines: pipelines.size }),
  }
}
