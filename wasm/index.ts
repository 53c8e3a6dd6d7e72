// The WASM kernels, in AssemblyScript: f32 in one linear memory, SIMD of 128 bits. Every argument that names an array is its
// byte address; src/wasm/kernels.ts compiles and calls them.

export { attention, attentionScratch } from './attention'
export { attentionPool } from './attention_pool'
export { conv2d, conv2dScratch } from './conv2d'
export { embedPatches, embedPatchesScratch } from './embed_patches'
export { embedTokens } from './embed_tokens'
export { gated } from './gated'
export { gatherRows } from './gather_rows'
export { keep } from './keep'
export { layerNorm } from './layer_norm'
export { linear, linearScratch } from './linear'
export { maxPool2d } from './max_pool2d'
export { pool } from './pool'
export { rmsNorm } from './rms_norm'
export { rotary } from './rotary'

/** Where the memory that JavaScript may give out begins: behind the tables of the mathematics. */
export function heapBase(): u32 {
  return __heap_base as u32
}
