// y = activation(x ⋆ weight + bias + residual): cross-correlation with stride, padding and groups, as a product of the filters of
// a group and the pixels under them, which are gathered for eight places of y at a time.
//
// x [B, C, Hpx, Wpx]; weight [O, channels, Kh, Kw]; bias [O]; residual [B, O, Ho, Wo] or 0 → y [B, O, Ho, Wo]; channels = C / groups,
// filters = O / groups. Source: torch.nn.Conv2d. Twin: src/reference/conv2d.ts

import { activate } from './math'
import { COLUMNS, multiply, panelBytes, ROWS, TILE } from './tile'

/** Bytes of scratch: a tile, a panel of pixels. */
export function conv2dScratch(channels: i32, Kh: i32, Kw: i32): u32 {
  return TILE + panelBytes(channels * Kh * Kw)
}

export function conv2d(
  y: u32,
  x: u32,
  weight: u32,
  bias: u32,
  residual: u32,
  activation: i32,
  scratch: u32,
  B: i32,
  C: i32,
  O: i32,
  channels: i32,
  filters: i32,
  Hpx: i32,
  Wpx: i32,
  Kh: i32,
  Kw: i32,
  Ho: i32,
  Wo: i32,
  strideY: i32,
  strideX: i32,
  paddingY: i32,
  paddingX: i32,
): void {
  const n = channels * Kh * Kw
  const panel = scratch + TILE
  const pixels = Ho * Wo
  for (let b = 0; b < B; b++) {
    for (let group = 0; group < O / filters; group++) {
      const planes = x + (((b * C + group * channels) * Hpx * Wpx) << 2)
      for (let pixel = 0; pixel < pixels; pixel += COLUMNS) {
        const columns = min(COLUMNS, pixels - pixel)
        memory.fill(panel, 0, panelBytes(n))
        for (let j = 0; j < columns; j++) {
          const top = ((pixel + j) / Wo) * strideY - paddingY
          const left = ((pixel + j) % Wo) * strideX - paddingX
          gather(panel + (j << 2), planes, top, left, channels, Hpx, Wpx, Kh, Kw)
        }
        for (let f = 0; f < filters; f += ROWS) {
          const rows = min(ROWS, filters - f)
          const o = group * filters + f
          multiply(scratch, weight + ((o * n) << 2), n << 2, rows, panel, panelBytes(1), n)
          for (let r = 0; r < rows; r++) {
            const at: u32 = ((b * O + o + r) * pixels + pixel) << 2
            const sums = scratch + panelBytes(r)
            finish(y + at, sums, load<f32>(bias + ((o + r) << 2)), activation, residual ? residual + at : 0, columns)
          }
        }
      }
    }
  }
}

/** One column of the panel: the pixels under a filter whose top left corner is given, in the order channels, Kh, Kw. */
function gather(
  column: u32,
  planes: u32,
  top: i32,
  left: i32,
  channels: i32,
  Hpx: i32,
  Wpx: i32,
  Kh: i32,
  Kw: i32,
): void {
  for (let c = 0; c < channels; c++) {
    for (let ky = 0; ky < Kh; ky++) {
      const line = (c * Hpx + top + ky) * Wpx
      for (let kx = 0; kx < Kw; kx++, column += panelBytes(1)) {
        const inside = top + ky >= 0 && top + ky < Hpx && left + kx >= 0 && left + kx < Wpx
        if (inside) store<f32>(column, load<f32>(planes + ((line + left + kx) << 2)))
      }
    }
  }
}

/** y[columns] = activation(sums[8] + bias + residual[columns]) */
function finish(y: u32, sums: u32, bias: f32, activation: i32, residual: u32, columns: i32): void {
  for (let j = 0; j < columns; j++) {
    const extra = residual ? load<f32>(residual + (j << 2)) : f32(0)
    store<f32>(sums + (j << 2), load<f32>(sums + (j << 2)) + bias + extra)
  }
  v128.store(sums, activate(activation, v128.load(sums)))
  v128.store(sums, activate(activation, v128.load(sums, 16)), 16)
  memory.copy(y, sums, columns << 2)
}
