import type { Floats } from './floats.ts'

/**
 * Patches, specials and positions of a picture (ViTEmbeddings of transformers; Dosovitskiy et al. 2021, eq. 1).
 * out [B, T, D]; pixels [B, C, Hpx, Wpx]; kernel [D, C, P, P]; bias [D]; specials [S, D]; positionTable [M, D];
 * sources, positions i32 [B, T]: source p ≥ 0 is patch p, −1 − s is row s of specials; position −1 adds nothing
 */
export function embedPatches<F extends Floats>(
  out: F,
  pixels: F,
  kernel: F,
  bias: F,
  specials: F,
  positionTable: F,
  sources: Int32Array,
  positions: Int32Array,
  sizes: { B: number; T: number; D: number; C: number; P: number; Hpx: number; Wpx: number; patchRow: number },
): void {
  const { B, T, D, C, P, Hpx, Wpx, patchRow } = sizes
  const patch = new Float64Array(C * P * P)
  for (let token = 0; token < B * T; token++) {
    const source = sources[token] as number
    if (source >= 0) {
      const b = Math.floor(token / T)
      const top = Math.floor(source / patchRow) * P
      const left = (source % patchRow) * P
      let i = 0
      for (let c = 0; c < C; c++) {
        for (let y = 0; y < P; y++) {
          const from = ((b * C + c) * Hpx + top + y) * Wpx + left
          for (let x = 0; x < P; x++) patch[i++] = pixels[from + x] as number
        }
      }
      for (let d = 0; d < D; d++) {
        let sum = bias[d] as number
        const row = d * patch.length
        for (let j = 0; j < patch.length; j++) sum += (kernel[row + j] as number) * (patch[j] as number)
        out[token * D + d] = sum
      }
    } else {
      const row = (-1 - source) * D
      for (let d = 0; d < D; d++) out[token * D + d] = specials[row + d] as number
    }
    const position = positions[token] as number
    if (position < 0) continue
    for (let d = 0; d < D; d++) {
      out[token * D + d] = (out[token * D + d] as number) + (positionTable[position * D + d] as number)
    }
  }
}
