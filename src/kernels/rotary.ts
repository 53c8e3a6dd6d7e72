import wgsl from '../../shaders/rotary.wgsl?raw'
import { rotarySizes } from '../core/op_shapes.ts'
import type { Ops, Tensor } from '../core/ops.ts'
import { type Dispatch, defineKernel } from './kernel.ts'

const WORKGROUP = 64

export const rotaryKernel = defineKernel({
  name: 'rotary',
  wgsl,
  reads: { x: 'f32', cos_table: 'f32', sin_table: 'f32' },
  writes: { out: 'f32' },
  params: { rows: 'u32', W: 'u32', angles: 'u32', half: 'u32', heads: 'u32', neighbours: 'u32' },
})

/** See `Ops.rotary`; out has the shape of x. */
export function rotary(
  x: Tensor,
  cos: Tensor,
  sin: Tensor,
  options: Parameters<Ops['rotary']>[3],
  out: Tensor,
): Dispatch {
  const { B, T, W, half, angles } = rotarySizes(x, cos, sin, options)
  return rotaryKernel.dispatch({
    constants: { WORKGROUP },
    reads: { x, cos_table: cos, sin_table: sin },
    writes: { out },
    params: {
      rows: B * T,
      W,
      angles,
      half,
      heads: options.heads,
      neighbours: options.pairs === 'neighbours' ? 1 : 0,
    },
    workgroups: Math.ceil((B * T * W) / WORKGROUP),
  })
}
