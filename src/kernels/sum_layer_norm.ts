import wgsl from '../../shaders/sum_layer_norm.wgsl?raw'
import type { LinearOptions, Tensor } from '../core/ops.ts'
import { type Dispatch, defineKernel } from './kernel.ts'
import { type Tuning, teamSize } from './tuning.ts'

/** Chunks of a row that an invocation keeps in registers. */
const MOST_CHUNKS = 8

export const sumLayerNormKernel = defineKernel({
  name: 'sum_layer_norm',
  wgsl,
  reads: { partials: 'Chunk', bias: 'Chunk', residual: 'Chunk', weight: 'Chunk', shift: 'Chunk' },
  writes: { y: 'Chunk' },
  params: { rows: 'u32', columns: 'u32', parts: 'u32', has_residual: 'u32', eps: 'f32' },
})

/** Whether a row of so many numbers, a multiple of 4, fits the registers of a workgroup. */
export function fitsRegisters(O: number, tuning: Tuning): boolean {
  return O / 4 <= MOST_CHUNKS * teamSize(tuning)
}

/** y [rows, O] = LayerNorm(partials [parts, rows, O] summed + bias + residual). An absent residual is an empty tensor. */
export function sumLayerNorm(
  { partials, bias, residual }: { partials: Tensor; bias: Tensor; residual: Tensor },
  hasResidual: boolean,
  norm: NonNullable<LinearOptions['norm']>,
  y: Tensor,
  tuning: Tuning,
): Dispatch {
  const [parts, rows, O] = partials.shape as [number, number, number]
  const WORKGROUP = teamSize(tuning)
  return sumLayerNormKernel.dispatch({
    constants: { WORKGROUP, WIDTH: 4, ROWS: Math.ceil(O / 4 / WORKGROUP) },
    reads: { partials, bias, residual, weight: norm.weight, shift: norm.bias },
    writes: { y },
    params: { rows, columns: O / 4, parts, has_residual: hasResidual ? 1 : 0, eps: norm.eps },
    workgroups: rows,
  })
}
