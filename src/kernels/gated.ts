import activationWgsl from '../../shaders/activation.wgsl?raw'
import wgsl from '../../shaders/gated.wgsl?raw'
import { gatedSizes } from '../core/op_shapes.ts'
import { ACTIVATIONS, type Activation, type Tensor } from '../core/ops.ts'
import { chunkWidth, type Dispatch, defineKernel } from './kernel.ts'

const WORKGROUP = 64

export const gatedKernel = defineKernel({
  name: 'gated',
  wgsl: activationWgsl + wgsl,
  reads: { x: 'Chunk' },
  writes: { y: 'Chunk' },
  params: { rows: 'u32', F: 'u32', activation: 'u32' },
})

/** See `Ops.gated`; y [..., F]. */
export function gated(x: Tensor, activation: Activation, y: Tensor): Dispatch {
  const { rows, F } = gatedSizes(x)
  const WIDTH = chunkWidth(F)
  return gatedKernel.dispatch({
    constants: { WORKGROUP, WIDTH },
    reads: { x },
    writes: { y },
    params: { rows, F: F / WIDTH, activation: ACTIVATIONS.indexOf(activation) },
    workgroups: Math.ceil((rows * F) / WIDTH / WORKGROUP),
  })
}
