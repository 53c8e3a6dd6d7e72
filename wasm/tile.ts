// The product every heavy kernel is made of: four rows of x times a panel of eight columns.
//
// A panel [n, 8] lies in one piece, so that its rows come from the first cache whatever the width of the matrix; columns past
// the end are zero. Eight accumulators of four lanes, two vectors of the panel and one of x fit the sixteen registers of x86-64.

export const ROWS: i32 = 4
export const COLUMNS: i32 = 8

/** Bytes of a tile [4, 8] and of a panel's row. */
export const TILE: u32 = 128
const PANEL_ROW: u32 = 32

/** Bytes of a panel of n rows. */
export function panelBytes(n: i32): u32 {
  return PANEL_ROW * n
}

/** panel[i, j] = source[i, j] for `columns` columns of n rows that are `stride` bytes apart. */
export function packColumns(panel: u32, source: u32, stride: u32, n: i32, columns: i32): void {
  for (let i = 0; i < n; i++, panel += PANEL_ROW, source += stride) {
    if (columns === COLUMNS) {
      v128.store(panel, v128.load(source))
      v128.store(panel, v128.load(source, 16), 16)
    } else {
      memory.fill(panel, 0, PANEL_ROW)
      memory.copy(panel, source, columns << 2)
    }
  }
}

/** panel[i, j] = source[j, i]: `columns` rows of n numbers that are `stride` bytes apart become columns. */
export function packRows(panel: u32, source: u32, stride: u32, n: i32, columns: i32): void {
  memory.fill(panel, 0, PANEL_ROW * n)
  for (let j = 0; j < columns; j++, source += stride) {
    for (let i = 0; i < n; i++) store<f32>(panel + PANEL_ROW * i + (j << 2), load<f32>(source + (i << 2)))
  }
}

/**
 * tile[4, 8] = x[4, n] · panel[n, 8]. Rows of x are `stride` bytes apart; past the last of `rows` the last one is computed
 * again. `panelStride` is the distance between rows of the panel, for one that was not packed.
 */
export function multiply(tile: u32, x: u32, stride: u32, rows: i32, panel: u32, panelStride: u32, n: i32): void {
  let x0 = x
  let x1 = rows > 1 ? x0 + stride : x0
  let x2 = rows > 2 ? x1 + stride : x1
  let x3 = rows > 3 ? x2 + stride : x2
  let a0 = f32x4.splat(0)
  let a1 = f32x4.splat(0)
  let b0 = f32x4.splat(0)
  let b1 = f32x4.splat(0)
  let c0 = f32x4.splat(0)
  let c1 = f32x4.splat(0)
  let d0 = f32x4.splat(0)
  let d1 = f32x4.splat(0)
  for (let i = 0; i < n; i++) {
    const left = v128.load(panel)
    const right = v128.load(panel, 16)
    const a = v128.load_splat<f32>(x0)
    a0 = f32x4.add(a0, f32x4.mul(a, left))
    a1 = f32x4.add(a1, f32x4.mul(a, right))
    const b = v128.load_splat<f32>(x1)
    b0 = f32x4.add(b0, f32x4.mul(b, left))
    b1 = f32x4.add(b1, f32x4.mul(b, right))
    const c = v128.load_splat<f32>(x2)
    c0 = f32x4.add(c0, f32x4.mul(c, left))
    c1 = f32x4.add(c1, f32x4.mul(c, right))
    const d = v128.load_splat<f32>(x3)
    d0 = f32x4.add(d0, f32x4.mul(d, left))
    d1 = f32x4.add(d1, f32x4.mul(d, right))
    panel += panelStride
    x0 += 4
    x1 += 4
    x2 += 4
    x3 += 4
  }
  v128.store(tile, a0)
  v128.store(tile, a1, 16)
  v128.store(tile, b0, 32)
  v128.store(tile, b1, 48)
  v128.store(tile, c0, 64)
  v128.store(tile, c1, 80)
  v128.store(tile, d0, 96)
  v128.store(tile, d1, 112)
}
