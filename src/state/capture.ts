/** Which attention maps leave the GPU. */

import type { ModelInfo } from '../engine/protocol.ts'

/** Floats that may be read back for one run: 96 MB. */
const ALL_MAPS_LIMIT = 24_000_000

/** Every map while they are small; otherwise those of the layer on screen. */
export function capturePlan(info: ModelInfo, tokens: number, layer: number): true | [layer: number, head: number][] {
  if (info.layers * info.heads * tokens * tokens <= ALL_MAPS_LIMIT) return true
  return Array.from({ length: info.heads }, (_, head): [number, number] => [layer, head])
}
