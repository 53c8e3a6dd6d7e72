import activationWgsl from '../../shaders/activation.wgsl?raw'
import epilogueWgsl from '../../shaders/linear_epilogue.wgsl?raw'
import registerWgsl from '../../shaders/linear_register.wgsl?raw'
import sumWgsl from '../../shaders/linear_sum.wgsl?raw'
import tiledWgsl from '../../shaders/linear_tiled.wgsl?raw'
import { linearSizes } from '../core/op_shapes.ts'
import { ACTIVATIONS, type Activation, type Tensor } from '../core/ops.ts'
import { chunkWidth, type Dispatch, defineKernel } from './kernel.ts'
import type { Columns } from './tensors.ts'
import { linearVariant, type Tuning, tilesOf } from './tuning.ts'

const WORKGROUP = 64

const shared = {
  writes: { y: 'Chunk' },
  params: {
    rows: 'u32',
    I: 'u32',
    O: 'u32',
    first: 'u32',
    columns: 'u32',
    parts: 'u32',
    activation: 'u32',
    has_residual: 'u32',
  },
} as const

export const linearRegisterKernel = defineKernel({
  ...shared,
  name: 'linear_register',
  wgsl: activationWgsl + epilogueWgsl + registerWgsl,
  reads: { x: 'f32', weight: 'Stored', bias: 'Chunk', residual: 'Chunk' },
})

export const linearTiledKernel = defineKernel({
  ...shared,
  name: 'linear_tiled',
  wgsl: activationWgsl + epilogueWgsl + tiledWgsl,
  reads: { x: 'Chunk', weight: 'Stored', bias: 'Chunk', residual: 'Chunk' },
})

export const linearSumKernel = defineKernel({
  ...shared,
  name: 'linear_sum',
  wgsl: activationWgsl + epilogueWgsl + sumWgsl,
  reads: { partials: 'Chunk', bias: 'Chunk', residual: 'Chunk' },
})

/** How many parts of I go to different workgroups: their sums lie in [parts, rows, O], and are added up at the end. */
export function linearParts(x: Tensor, weight: Tensor, bias: Tensor, tuning: Tuning): number {
  const variant = linearVariant(linearSizes(x, weight, bias), tuning)
  return variant.kernel === 'tiled' ? variant.parts : 1
}

/** What a product reads; the weight lies in `pieces`, most often one. */
export interface LinearOperands {
  x: Tensor
  weight: Tensor
  pieces: readonly Columns[]
  bias: Tensor
}

/** What follows a product. An absent residual is an empty tensor. */
export interface Epilogue {
  activation: Activation
  residual: Tensor
  hasResidual: boolean
}

/** See `Ops.linear`; y [..., O]. Partial sums are an empty tensor where `linearParts` is 1. */
export function linear(
  operands: LinearOperands,
  end: Epilogue,
  { y, partials }: { y: Tensor; partials: Tensor },
  tuning: Tuning,
): Dispatch[] {
  const { x, weight, bias } = operands
  const parts = linearParts(x, weight, bias, tuning)
  if (parts === 1) return products(operands, end, y, tuning)
  const { rows, I, O } = linearSizes(x, weight, bias)
  const sum = linearSumKernel.dispatch({
    constants: { WIDTH: 4, WORKGROUP },
    reads: { partials, bias, residual: end.residual },
    writes: { y },
    params: { ...endParams(end), rows, I: I / 4, O: O / 4, first: 0, columns: O / 4, parts },
    workgroups: Math.ceil((rows * O) / 4 / WORKGROUP),
  })
  return [...products(operands, end, partials, tuning), sum]
}

function endParams({ activation, hasResidual }: Epilogue) {
  return { activation: ACTIVATIONS.indexOf(activation), has_residual: hasResidual ? 1 : 0 }
}

/**
 * A dispatch for each piece of the weight.
 * @param y [..., O], or where `linearParts` gives more than one the bare sums [parts, rows, O]
 */
export function products(
  { x, weight, pieces, bias }: LinearOperands,
  end: Epilogue,
  y: Tensor,
  tuning: Tuning,
): Dispatch[] {
  const { rows, I, O } = linearSizes(x, weight, bias)
  const variant = linearVariant({ rows, I, O }, tuning)
  const { residual } = end
  return pieces.map(({ tensor, first }) => {
    const width = tensor.shape[1] as number
    if (variant.kernel === 'register') {
      const WIDTH = chunkWidth(O)
      const { ROWS } = variant
      return linearRegisterKernel.dispatch({
        constants: { WORKGROUP, WIDTH, ROWS },
        reads: { x, weight: tensor, bias, residual },
        writes: { y },
        params: {
          ...endParams(end),
          rows,
          I,
          O: width / WIDTH,
          first: first / WIDTH,
          columns: O / WIDTH,
          parts: 1,
        },
        workgroups: Math.ceil((Math.ceil(rows / ROWS) * width) / WIDTH / WORKGROUP),
      })
    }
    const { ROWS, TX, parts } = variant
    return linearTiledKernel.dispatch({
      constants: { WIDTH: 4, ROWS, TX, PARTIAL: parts > 1 ? 1 : 0 },
      reads: { x, weight: tensor, bias, residual },
      writes: { y },
      params: { ...endParams(end), rows, I: I / 4, O: width / 4, first: first / 4, columns: O / 4, parts },
      workgroups: tilesOf(variant, rows, width) * parts,
    })
  })
}
