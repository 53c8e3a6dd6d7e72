/** The kernels of `wasm/`, compiled. Arrays are byte addresses in `memory`; 0 stands for an absent one. */

import base64 from '../../wasm/index.ts?compiled'
import { ClsroomError } from '../core/errors.ts'

type Kernel = (...addressesAndSizes: number[]) => void

export interface Kernels {
  readonly memory: WebAssembly.Memory
  /** The first byte that may be given out. */
  heapBase(): number
  // Bytes of scratch that a kernel needs.
  attentionScratch(Tq: number, Tk: number, Dh: number): number
  conv2dScratch(channels: number, Kh: number, Kw: number): number
  embedPatchesScratch(tokens: number, C: number, P: number): number
  linearScratch(I: number): number
  // Argument for argument as in wasm/<name>.ts.
  readonly attention: Kernel
  readonly attentionPool: Kernel
  readonly conv2d: Kernel
  readonly embedPatches: Kernel
  readonly embedTokens: Kernel
  readonly gated: Kernel
  readonly gatherRows: Kernel
  readonly keep: Kernel
  readonly layerNorm: Kernel
  readonly linear: Kernel
  readonly maxPool2d: Kernel
  readonly pool: Kernel
  readonly rmsNorm: Kernel
  readonly rotary: Kernel
}

let compiled: Promise<WebAssembly.Module> | undefined

/** An instance with a memory of its own. @throws ClsroomError('device') where there is no WASM with SIMD */
export async function openKernels(): Promise<Kernels> {
  try {
    compiled ??= WebAssembly.compile(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)))
    return (await WebAssembly.instantiate(await compiled)).exports as unknown as Kernels
  } catch (cause) {
    throw new ClsroomError('device', 'This browser runs no WASM with SIMD', {
      found: cause instanceof Error ? cause.message : String(cause),
      advice: 'Use a current Chrome, Edge, Safari or Firefox',
      cause,
    })
  }
}
