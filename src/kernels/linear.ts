import activationWgsl from '../../shaders/activation.wgsl?raw'
import epilogueWgsl from '../../shaders/linear_epilogue.wgsl?raw'
import registerWgsl from '../../shaders/linear_register.wgsl?raw'
import sumWgsl from '../../shaders/linear_sum.wgsl?raw'
import tiledWgsl from '../../shaders/linear_tiled.wgsl?raw'
import { linearSizes } from '../core/op_shapes.ts'
import { ACTIVATIONS, type Activation, type Tensor } from '../core/ops.ts'
import { chunkWidth, type Dispatch, defineKernel } from './kernel.ts'
import { linearVariant, type Tuning } from './tuning.ts'

const WORKGROUP = 64

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
  params: { ...shared.params, parts: 'u32' },
})

export const linearSumKernel = defineKernel({
  ...shared,
  name: 'linear_sum',
  wgsl: activationWgsl + epilogueWgsl + sumWgsl,
  reads: { partials: 'Chunk', bias: 'Chunk', residual: 'Chunk' },
  params: { ...shared.params, parts: 'u32' },
})

/** In how many parts I is dealt out to workgroups; more than one needs room for partial sums [parts, rows, O]. */
export function linearParts(x: Tensor, weight: Tensor, bias: Tensor, tuning: Tuning): number {
  const variant = linearVariant(linearSizes(x, weight, bias), tuning)
  return variant.kernel === 'tiled' ? variant.parts : 1
}

/** See `Ops.linear`; y [..., O]. An absent residual is an empty tensor; so are the partial sums where `linearParts` is 1. */
export function linear(
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  { activation, residual, hasResidual }: { activation: Activation; residual: Tensor; hasResidual: boolean },
  { y, partials }: { y: Tensor; partials: Tensor },
  tuning: Tuning,
): Dispatch[] {
  const { rows, I, O } = linearSizes(x, weight, bias)
  const variant = linearVariant({ rows, I, O }, tuning)
  const end = { activation: ACTIVATIONS.indexOf(activation), has_residual: hasResidual ? 1 : 0 }
  const reads = { x, weight, bias, residual }
  if (variant.kernel === 'register') {
    const WIDTH = chunkWidth(O)
    const { ROWS } = variant
    const dispatch = linearRegisterKernel.dispatch({
      constants: { WORKGROUP, WIDTH, ROWS },
      reads,
      writes: { y },
      params: { ...end, rows, I, O: O / WIDTH },
      workgroups: Math.ceil((Math.ceil(rows / ROWS) * O) / WIDTH / WORKGROUP),
    })
    return [dispatch]
  }
  const { ROWS, TX, tiles, parts } = variant
  const params = { ...end, rows, I: I / 4, O: O / 4, parts }
  const product = linearTiledKernel.dispatch({
    constants: { WIDTH: 4, ROWS, TX, PARTIAL: parts > 1 ? 1 : 0 },
    reads,
    writes: { y: parts > 1 ? partials : y },
    params,
    workgroups: tiles * parts,
  })
  if (parts === 1) return [product]
  const sum = linearSumKernel.dispatch({
    constants: { WIDTH: 4, WORKGROUP },
    reads: { partials, bias, residual },
    writes: { y },
    params,
    workgroups: Math.ceil((rows * O) / 4 / WORKGROUP),
  })
  return [product, sum]
}
