/** The backend without a GPU: WASM kernels with SIMD, each operation at once. Constants and activations share one memory. */

import { Halves } from '../core/dtypes.ts'
import { ClsroomError } from '../core/errors.ts'
import { expectData } from '../core/op_shapes.ts'
import type { Backend, Ops, RunResult, Session, Tensor, TypedArray } from '../core/ops.ts'
import { numel, type Shape } from '../core/shapes.ts'
import { createHeap, type Heap } from './heap.ts'
import { type Kernels, openKernels } from './kernels.ts'
import { createOps } from './ops.ts'
import { aliveIn, makeTensor, viewOf, type WasmTensor } from './tensors.ts'

/** @throws ClsroomError('device') where there is no WASM with SIMD */
export async function createWasmBackend(): Promise<Backend> {
  const kernels = await openKernels()
  const heap = createHeap(kernels.memory, kernels.heapBase())
  return {
    kind: 'wasm',
    constant: (shape, data) => put(kernels, heap, shape, data instanceof Halves ? data.widened() : data, null),
    session: () => createSession(kernels, heap),
    free(tensors: Iterable<Tensor>) {
      for (const tensor of tensors) heap.give((tensor as WasmTensor).address)
    },
    stats: () => ({ bytes: heap.bytes, pipelines: 0 }),
  }
}

function put({ memory }: Kernels, heap: Heap, shape: Shape, data: TypedArray, run: object | null): WasmTensor {
  const tensor = makeTensor(shape, expectData(shape, data), heap.take(data.byteLength), run)
  viewOf(memory, tensor).set(data)
  return tensor
}

function createSession(kernels: Kernels, heap: Heap): Session {
  let tail: Promise<unknown> = Promise.resolve()
  let disposed = false
  return {
    run(forward) {
      const result = tail.then(() => {
        if (disposed) throw new ClsroomError('internal', 'A session was run after it was disposed')
        return runNow(kernels, heap, forward)
      })
      tail = result.catch(() => {})
      return result
    },
    dispose() {
      disposed = true
      return tail.then(() => {})
    },
  }
}

function runNow(kernels: Kernels, heap: Heap, forward: (ops: Ops) => Tensor[]): RunResult {
  const { memory } = kernels
  const start = performance.now()
  const run = {}
  /** Inputs and intermediates that are not released yet. */
  const alive = new Set<WasmTensor>()
  let dispatches = 0
  const keep = (tensor: WasmTensor) => {
    alive.add(tensor)
    return tensor
  }
  const ops = createOps(kernels, {
    input: (shape, data) => keep(put(kernels, heap, shape, data, run)),
    empty: (...shape) => keep(makeTensor(shape, 'f32', heap.take(4 * numel(shape)), run)),
    release(tensor) {
      const found = aliveIn(run, tensor)
      // A constant outlives every run.
      if (!alive.delete(found)) return
      found.released = true
      heap.give(found.address)
    },
    at: (tensor) => (tensor ? aliveIn(run, tensor).address : 0),
    numbers: (tensor) => viewOf(memory, aliveIn(run, tensor)),
    compute(bytes, call) {
      const scratch = heap.take(bytes)
      call(scratch)
      heap.give(scratch)
      dispatches++
    },
  })
  try {
    const arrays = forward(ops).map((tensor) => ({
      dims: [...tensor.shape],
      data: Float32Array.from(viewOf(memory, aliveIn(run, tensor))),
    }))
    return { arrays, ms: performance.now() - start, dispatches }
  } finally {
    for (const { address } of alive) heap.give(address)
  }
}
