import activationWgsl from '../../shaders/activation.wgsl?raw'
import epilogueWgsl from '../../shaders/linear_epilogue.wgsl?raw'
import registerWgsl from '../../shaders/linear_register.wgsl?raw'
import tiledWgsl from '../../shaders/linear_tiled.wgsl?raw'
import { linearSizes } from '../core/op_shapes.ts'
import { ACTIVATIONS, type Activation, type Tensor } from '../core/ops.ts'
import { chunkWidth, type Dispatch, defineKernel } from './kernel.ts'
import type { Tuning } from './tuning.ts'

const WORKGROUP = 64
const TILE = 32

const shared = {
  writes: { y: 'Chunk' },
  params: { rows: 'u32', I: 'u32', O: 'u32', activation: 'u32', has_residual: 'u32' },
} as const

export const linearRegisterKernel = defineKernel({
  ...shared,
  name: 'linear_register',
  wgsl: activationWgsl + epilogueWgsl + registerWgsl,
  reads: { x: 'f32', weight: 'Chunk', bias: 'Chunk', residual: 'Chunk' },
})

export const linearTiledKernel = defineKernel({
  ...shared,
  name: 'linear_tiled',
  wgsl: activationWgsl + epilogueWgsl + tiledWgsl,
  reads: { x: 'Chunk', weight: 'Chunk', bias: 'Chunk', residual: 'Chunk' },
})

/**
 * See `Ops.linear`; y [..., O]. An absent residual is an empty tensor.
 * Hardware gets the tiled kernel, which needs I and O in fours and is wasted on few rows.
 */
export function linear(
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  { activation, residual, hasResidual }: { activation: Activation; residual: Tensor; hasResidual: boolean },
  y: Tensor,
  tuning: Tuning,
): Dispatch {
  const { rows, I, O } = linearSizes(x, weight, bias)
  const reads = { x, weight, bias, residual }
  const params = { rows, activation: ACTIVATIONS.indexOf(activation), has_residual: hasResidual ? 1 : 0 }
  if (tuning === 'hardware' && rows >= 8 && chunkWidth(I, O) === 4) {
    return linearTiledKernel.dispatch({
      constants: { WIDTH: 4 },
      reads,
      writes: { y },
      params: { ...params, I: I / 4, O: O / 4 },
      workgroups: Math.ceil(rows / TILE) * Math.ceil(O / TILE),
    })
  }
  const WIDTH = chunkWidth(O)
  const ROWS = rowsPerInvocation(rows)
  return linearRegisterKernel.dispatch({
    constants: { WORKGROUP, WIDTH, ROWS },
    reads,
    writes: { y },
    params: { ...params, I, O: O / WIDTH },
    workgroups: Math.ceil((Math.ceil(rows / ROWS) * O) / WIDTH / WORKGROUP),
  })
}

/** Sixteen rows share each weight loaded; where there are few, computing the missing ones would be waste. */
function rowsPerInvocation(rows: number): number {
  if (rows > 8) return 16
  return rows > 2 ? 4 : 1
}
