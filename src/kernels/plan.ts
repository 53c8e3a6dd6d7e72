/** The memory that a forward takes on a GPU, counted without one: the same operations over the same pools, and nothing is run. */

import type { Ops, Tensor } from '../core/ops.ts'
import { numel } from '../core/shapes.ts'
import { capacityFor, createPool } from '../gpu/pool.ts'
import { createOps } from './ops.ts'
import { stagingBytes, uniformCapacity } from './session.ts'
import type { Tuning } from './tuning.ts'

/**
 * @param forward what a session would run; its constants may be tensors without content
 * @returns bytes of inputs, intermediates, parameters and what is read back
 */
export function plannedBytes(forward: (ops: Ops) => Tensor[], tuning: Tuning): number {
  let bytes = 0
  const counting = {
    create(size: number) {
      bytes += size
      return {}
    },
    destroy() {},
  }
  const inputs = createPool(counting, Number.POSITIVE_INFINITY)
  const intermediates = createPool(counting, Number.POSITIVE_INFINITY)
  const buffers = new Map<Tensor, object>()
  let dispatches = 0
  const ops = createOps(
    {
      nothing: { shape: [0], dtype: 'f32' },
      input(shape, data) {
        inputs.take(data.byteLength)
        return { shape, dtype: data instanceof Float32Array ? 'f32' : data instanceof Uint32Array ? 'u32' : 'i32' }
      },
      empty(shape, spare = 0) {
        const tensor: Tensor = { shape, dtype: 'f32' }
        buffers.set(tensor, intermediates.take(4 * (numel(shape) + spare)))
        return tensor
      },
      release(tensor) {
        const buffer = buffers.get(tensor)
        if (buffer) intermediates.give(buffer)
      },
      record({ workgroups }) {
        if (workgroups > 0) dispatches++
      },
      host: () => null,
      columns: (tensor) => [{ tensor, first: 0 }],
    },
    tuning,
  )
  const outputs = forward(ops)
  return bytes + uniformCapacity(dispatches) + capacityFor(stagingBytes(outputs))
}
