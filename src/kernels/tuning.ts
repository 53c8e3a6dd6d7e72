/**
 * Which variant of a kernel an adapter runs best. Software adapters (SwiftShader, llvmpipe) pay dearly for barriers and
 * for clearing workgroup memory, and little for a few busy invocations; hardware is the other way round.
 */
export type Tuning = 'software' | 'hardware'

/** Invocations of a workgroup that meet at barriers: one SIMD group on software adapters. */
export function teamSize(tuning: Tuning): number {
  return tuning === 'software' ? 4 : 64
}
