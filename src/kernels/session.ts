/**
 * Runs forwards on the GPU. The model code is replayed every run; dispatch i keeps its pipeline, bind group and uniform
 * slot from the run before, so a run of the same shapes creates nothing: it writes, encodes, submits and maps.
 */

import { ClsroomError } from '../core/errors.ts'
import { expectData } from '../core/op_shapes.ts'
import type { Ops, RunResult, Session, Tensor, TypedArray } from '../core/ops.ts'
import { numel } from '../core/shapes.ts'
import type { GpuMemory } from '../gpu/buffers.ts'
import type { Gpu } from '../gpu/device.ts'
import { foldGrid } from '../gpu/grid.ts'
import type { CompiledProgram, PipelineCache } from '../gpu/pipelines.ts'
import { createPool, type Source } from '../gpu/pool.ts'
import type { Readback } from '../gpu/readback.ts'
import { createPassTimer, elapsedMs, TIMESTAMP_BYTES } from '../gpu/timing.ts'
import { type Dispatch, PARAMS_STRIDE } from './kernel.ts'
import { createOps, type Recorder } from './ops.ts'
import { aliveIn, type GpuTensor, makeTensor, wholeBuffer } from './tensors.ts'
import type { Tuning } from './tuning.ts'

/** What the sessions of one backend share. */
export interface SessionContext {
  gpu: Gpu
  memory: GpuMemory
  pipelines: PipelineCache
  readback: Readback
  tuning: Tuning
  nothing: GpuTensor
}

/** What dispatch i of the last run was bound to. */
interface Slot {
  compiled: CompiledProgram
  buffers: GPUBuffer[]
  group: GPUBindGroup
}

interface Recording {
  outputs: GpuTensor[]
  calls: { dispatch: Dispatch; buffers: GPUBuffer[] }[]
}

export function createSession(context: SessionContext): Session {
  const { gpu, memory, pipelines, readback, tuning, nothing } = context
  const { device } = gpu
  const timer = createPassTimer(gpu, memory)
  const limit = device.limits.maxStorageBufferBindingSize
  const storage = (label: string): Source<GPUBuffer> => ({
    create(bytes) {
      const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST
      return memory.create(label, bytes, usage)
    },
    destroy: (buffer) => memory.destroy(buffer),
  })
  // Inputs are written before the pass, so their memory must not be an intermediate's that the pass still writes.
  const inputs = createPool(storage('input'), limit)
  const intermediates = createPool(storage('intermediate'), limit)
  let slots: Slot[] = []
  let uniforms: { buffer: GPUBuffer; view: DataView<ArrayBuffer> } | null = null
  let tail: Promise<unknown> = Promise.resolve()
  let disposed = false

  function record(forward: (ops: Ops) => Tensor[]): Recording {
    const run = {}
    const calls: Recording['calls'] = []
    inputs.beginRun()
    intermediates.beginRun()
    const recorder: Recorder = {
      nothing,
      input(shape, data) {
        const dtype = expectData(shape, data)
        const buffer = inputs.take(data.byteLength)
        device.queue.writeBuffer(buffer, 0, data as TypedArray & { buffer: ArrayBuffer })
        return makeTensor(shape, dtype, buffer, { run, data })
      },
      empty: (shape, spare = 0) => makeTensor(shape, 'f32', intermediates.take(4 * (numel(shape) + spare)), { run }),
      release(tensor) {
        const found = aliveIn(run, tensor)
        // Constants and inputs keep their memory; see `inputs`.
        if (!intermediates.owns(found.buffer)) return
        found.released = true
        intermediates.give(found.buffer)
      },
      record(dispatch) {
        if (dispatch.workgroups === 0) return
        calls.push({ dispatch, buffers: dispatch.tensors.map((tensor) => wholeBuffer(aliveIn(run, tensor))) })
      },
      host: (tensor) => aliveIn(run, tensor).host,
      columns: (matrix) => aliveIn(run, matrix).columns ?? [{ tensor: matrix, first: 0 }],
    }
    const outputs = forward(createOps(recorder, tuning)).map((tensor) => aliveIn(run, tensor))
    return { outputs, calls }
  }

  /** Writes every dispatch's parameters with one call. */
  function writeUniforms(calls: Recording['calls']): GPUBuffer {
    const bytes = calls.length * PARAMS_STRIDE
    if (!uniforms || uniforms.buffer.size < bytes) {
      if (uniforms) memory.destroy(uniforms.buffer)
      const capacity = uniformCapacity(calls.length)
      const buffer = memory.create('uniforms', capacity, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST)
      uniforms = { buffer, view: new DataView(new ArrayBuffer(capacity)) }
      slots = []
    }
    const { buffer, view } = uniforms
    for (const [i, { dispatch }] of calls.entries()) dispatch.writeParams(view, i * PARAMS_STRIDE)
    device.queue.writeBuffer(buffer, 0, view.buffer, 0, bytes)
    return buffer
  }

  /** The bind group of dispatch i: last run's, unless a buffer or the pipeline is another. */
  function bind(i: number, compiled: CompiledProgram, buffers: GPUBuffer[], uniform: GPUBuffer): GPUBindGroup {
    const last = slots[i]
    if (last && last.compiled === compiled && last.buffers.every((buffer, j) => buffer === buffers[j]))
      return last.group
    const params = { buffer: uniform, offset: i * PARAMS_STRIDE, size: PARAMS_STRIDE }
    const group = device.createBindGroup({
      layout: compiled.layout,
      entries: [params, ...buffers.map((buffer) => ({ buffer }))].map((resource, binding) => ({ binding, resource })),
    })
    slots[i] = { compiled, buffers, group }
    return group
  }

  function encode(
    { calls, outputs }: Recording,
    compiled: readonly CompiledProgram[],
    uniform: GPUBuffer,
    staging: GPUBuffer,
  ): GPUCommandBuffer {
    const encoder = device.createCommandEncoder()
    const pass = encoder.beginComputePass(timer ? { timestampWrites: timer.timestampWrites } : {})
    for (const [i, { dispatch, buffers }] of calls.entries()) {
      const program = compiled[i] as CompiledProgram
      pass.setPipeline(program.pipeline)
      pass.setBindGroup(0, bind(i, program, buffers, uniform))
      pass.dispatchWorkgroups(...foldGrid(dispatch.workgroups))
    }
    pass.end()
    timer?.copyTo(encoder, staging, 0)
    for (const [i, offset] of offsetsOf(outputs).entries()) {
      const { buffer, shape } = outputs[i] as GpuTensor
      encoder.copyBufferToBuffer(buffer, 0, staging, offset, 4 * numel(shape))
    }
    return encoder.finish()
  }

  async function execute(recording: Recording): Promise<RunResult> {
    const { calls, outputs } = recording
    const bytes = stagingBytes(outputs)
    const uniform = writeUniforms(calls)
    const staging = readback.acquire(bytes)
    try {
      const known = calls.map(({ dispatch }) => pipelines.compiled(dispatch.program))
      const compiled = isFull(known)
        ? known
        : await Promise.all(calls.map(({ dispatch }) => pipelines.compile(dispatch.program)))

      device.pushErrorScope('validation')
      const commands = encode(recording, compiled, uniform, staging)
      const start = performance.now()
      device.queue.submit([commands])
      // Each answer is a trip to the GPU process, so all are asked for at once; the first cause is the one that counts.
      const [allocated, validated, read] = await Promise.allSettled([
        memory.settled(),
        device.popErrorScope(),
        readback.read(staging, bytes),
      ])
      const ms = performance.now() - start
      settledValue(allocated)
      const invalid = settledValue(validated)
      if (invalid) throw new ClsroomError('device', 'The GPU refused a run', { found: invalid.message })
      const data = settledValue(read)

      const offsets = offsetsOf(outputs)
      const arrays = outputs.map((tensor, i) => ({
        dims: [...tensor.shape],
        data: toFloats(tensor, data, offsets[i] as number),
      }))
      const gpuMs = timer ? elapsedMs(data, 0) : undefined
      return { arrays, ms, gpuMs, dispatches: calls.length }
    } catch (error) {
      readback.discard(staging)
      throw error
    }
  }

  /** Gives all memory back: after a failure some of it may be invalid, so the next run starts from nothing. */
  function reset(): void {
    inputs.destroy()
    intermediates.destroy()
    if (uniforms) memory.destroy(uniforms.buffer)
    uniforms = null
    slots = []
  }

  async function run(forward: (ops: Ops) => Tensor[]): Promise<RunResult> {
    if (disposed) throw new ClsroomError('internal', 'A session was run after it was disposed')
    if (gpu.lost) throw gpu.lost
    const recording = record(forward)
    try {
      return await execute(recording)
    } catch (error) {
      reset()
      if (gpu.lost) throw gpu.lost
      // A map that is cut off may be told before the loss of the device is.
      if (error instanceof Error && /^(Abort|Operation)Error$/.test(error.name)) {
        throw new ClsroomError('device', 'The GPU cut a run off', { found: error.message, cause: error })
      }
      throw error
    }
  }

  return {
    run(forward) {
      const result = tail.then(() => run(forward))
      tail = result.catch(() => {})
      return result
    },
    dispose() {
      disposed = true
      const end = tail.then(() => {
        reset()
        timer?.destroy()
      })
      tail = end
      return end
    },
  }
}

/** Bytes of the buffer that holds the parameters of so many dispatches. */
export function uniformCapacity(dispatches: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(dispatches, 16) * PARAMS_STRIDE))
}

function isFull<T>(items: (T | undefined)[]): items is T[] {
  return !items.includes(undefined)
}

function settledValue<T>(outcome: PromiseSettledResult<T>): T {
  if (outcome.status === 'rejected') throw outcome.reason
  return outcome.value
}

/** Bytes of the staging buffer for these outputs. */
export function stagingBytes(outputs: readonly Tensor[]): number {
  return TIMESTAMP_BYTES + 4 * outputs.reduce((sum, { shape }) => sum + numel(shape), 0)
}

/** Where each output lies in the staging buffer, behind the timestamps. */
function offsetsOf(outputs: readonly GpuTensor[]): number[] {
  let offset = TIMESTAMP_BYTES
  return outputs.map(({ shape }) => {
    const at = offset
    offset += 4 * numel(shape)
    return at
  })
}

function toFloats({ dtype, shape }: GpuTensor, data: ArrayBuffer, offset: number): Float32Array {
  const end = offset + 4 * numel(shape)
  // One copy serves all: what is not changed is a view of it.
  if (dtype === 'f32') return new Float32Array(data, offset, numel(shape))
  const Integers = dtype === 'u32' ? Uint32Array : Int32Array
  return Float32Array.from(new Integers(data.slice(offset, end)))
}
