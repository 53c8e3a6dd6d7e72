// Patches, specials and positions of a picture: source p ≥ 0 is patch p, −1 − s is row s of specials; position −1 adds nothing.
//
// pixels [B, C, Hpx, Wpx]; kernel [D, C, P, P]; bias [D]; specials [S, D]; positionTable [M, D]; sources, positions i32 [B, T]
// → out [B, T, D]. Source: ViTEmbeddings of transformers; Dosovitskiy et al. 2021, eq. 1. Twin: src/reference/embed_patches.ts

import { COLUMNS, multiply, packRows, panelBytes, ROWS, TILE } from './tile'

/** Bytes of scratch: a tile, a panel of kernels, the pixels of every token's patch. */
export function embedPatchesScratch(tokens: i32, C: i32, P: i32): u32 {
  const n = C * P * P
  return TILE + panelBytes(n) + ((tokens * n) << 2)
}

export function embedPatches(
  out: u32,
  pixels: u32,
  kernel: u32,
  bias: u32,
  specials: u32,
  positionTable: u32,
  sources: u32,
  positions: u32,
  scratch: u32,
  B: i32,
  T: i32,
  D: i32,
  C: i32,
  P: i32,
  Hpx: i32,
  Wpx: i32,
  patchRow: i32,
): void {
  const n = C * P * P
  const tokens = B * T
  const panel = scratch + TILE
  const patches = panel + panelBytes(n)
  for (let token = 0; token < tokens; token++) {
    const source = load<i32>(sources + (token << 2))
    const patch = patches + ((token * n) << 2)
    if (source < 0) memory.fill(patch, 0, n << 2)
    else gather(patch, pixels + (((token / T) * C * Hpx * Wpx) << 2), source, C, P, Hpx, Wpx, patchRow)
  }
  for (let d = 0; d < D; d += COLUMNS) {
    const columns = min(COLUMNS, D - d)
    packRows(panel, kernel + ((d * n) << 2), n << 2, n, columns)
    for (let token = 0; token < tokens; token += ROWS) {
      const rows = min(ROWS, tokens - token)
      multiply(scratch, patches + ((token * n) << 2), n << 2, rows, panel, panelBytes(1), n)
      for (let r = 0; r < rows; r++) {
        memory.copy(out + (((token + r) * D + d) << 2), scratch + panelBytes(r), columns << 2)
      }
    }
  }
  for (let token = 0; token < tokens; token++) {
    const source = load<i32>(sources + (token << 2))
    const position = load<i32>(positions + (token << 2))
    const row = out + ((token * D) << 2)
    // A special's patch was zeros, so what it gets instead of the bias is its own row.
    const start = source < 0 ? specials + (((-1 - source) * D) << 2) : bias
    for (let d: u32 = 0; d < (D as u32) << 2; d += 4) {
      const place = position < 0 ? f32(0) : load<f32>(positionTable + ((position * D) << 2) + d)
      store<f32>(row + d, load<f32>(row + d) + load<f32>(start + d) + place)
    }
  }
}

/** The pixels of a patch, in the order of a kernel: C, P, P. */
function gather(patch: u32, picture: u32, source: i32, C: i32, P: i32, Hpx: i32, Wpx: i32, patchRow: i32): void {
  const top = (source / patchRow) * P
  const left = (source % patchRow) * P
  for (let c = 0; c < C; c++) {
    for (let y = 0; y < P; y++, patch += P << 2) {
      memory.copy(patch, picture + (((c * Hpx + top + y) * Wpx + left) << 2), P << 2)
    }
  }
}
