import wgsl from '../../shaders/embed_patches.wgsl?raw'
import { embedPatchesSizes } from '../core/op_shapes.ts'
import type { Ops, Tensor } from '../core/ops.ts'
import { type Dispatch, defineKernel } from './kernel.ts'
import type { Tuning } from './tuning.ts'

const WORKGROUP = 64

export const embedPatchesKernel = defineKernel({
  name: 'embed_patches',
  wgsl,
  reads: {
    pixels: 'f32',
    kernel: 'f32',
    bias: 'f32',
    specials: 'f32',
    position_table: 'f32',
    sources: 'i32',
    positions: 'i32',
  },
  writes: { out: 'f32' },
  params: {
    tokens: 'u32',
    T: 'u32',
    D: 'u32',
    C: 'u32',
    P: 'u32',
    Hpx: 'u32',
    Wpx: 'u32',
    patch_row: 'u32',
  },
})

/** See `Ops.embedPatches`; out [B, T, D]. Fewer tokens an invocation on hardware, which needs more invocations. */
export function embedPatches(args: Parameters<Ops['embedPatches']>[0], out: Tensor, tuning: Tuning): Dispatch {
  const { B, T, D, C, P, Hpx, Wpx, patchRow } = embedPatchesSizes(args)
  const { pixels, kernel, bias, specials, positionTable, sources, positions } = args
  const ROWS = tuning === 'software' ? 16 : 4
  return embedPatchesKernel.dispatch({
    constants: { WORKGROUP, ROWS },
    reads: { pixels, kernel, bias, specials, position_table: positionTable, sources, positions },
    writes: { out },
    params: { tokens: B * T, T, D, C, P, Hpx, Wpx, patch_row: patchRow },
    workgroups: Math.ceil((Math.ceil((B * T) / ROWS) * Math.ceil(D / 4)) / WORKGROUP),
  })
}
