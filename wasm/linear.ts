// y = activation(x · W + bias) + residual
//
// x [rows, I]; weight [I, O]; bias [O]; residual [rows, O] or 0 → y [rows, O]. Twin: src/reference/linear.ts

import { activate } from './math'
import { COLUMNS, multiply, packColumns, panelBytes, ROWS, TILE } from './tile'

/** Bytes of scratch: a tile, eight numbers of the bias, a panel. */
export function linearScratch(I: i32): u32 {
  return TILE + panelBytes(1) + panelBytes(I)
}

export function linear(
  y: u32,
  x: u32,
  weight: u32,
  bias: u32,
  activation: i32,
  residual: u32,
  scratch: u32,
  rows: i32,
  I: i32,
  O: i32,
): void {
  const tile = scratch
  const biases = tile + TILE
  const packed = biases + panelBytes(1)
  for (let o = 0; o < O; o += COLUMNS) {
    const columns = min(COLUMNS, O - o)
    packColumns(biases, bias + (o << 2), 0, 1, columns)
    let panel = weight + (o << 2)
    let stride: u32 = O << 2
    // A panel that is used once is read where it lies.
    if (rows > ROWS || columns < COLUMNS) {
      packColumns(packed, panel, stride, I, columns)
      panel = packed
      stride = panelBytes(1)
    }
    for (let row = 0; row < rows; row += ROWS) {
      multiply(tile, x + ((row * I) << 2), I << 2, rows - row, panel, stride, I)
      const last = min(ROWS, rows - row)
      for (let r = 0; r < last; r++) {
        const at: u32 = ((row + r) * O + o) << 2
        finish(y + at, tile + panelBytes(r), biases, activation, residual ? residual + at : 0, columns)
      }
    }
  }
}

/** y[columns] = activation(sums[8] + biases[8]) + residual[columns] */
function finish(y: u32, sums: u32, biases: u32, activation: i32, residual: u32, columns: i32): void {
  let left = activate(activation, f32x4.add(v128.load(sums), v128.load(biases)))
  let right = activate(activation, f32x4.add(v128.load(sums, 16), v128.load(biases, 16)))
  if (columns === COLUMNS) {
    if (residual) {
      left = f32x4.add(left, v128.load(residual))
      right = f32x4.add(right, v128.load(residual, 16))
    }
    v128.store(y, left)
    v128.store(y, right, 16)
    return
  }
  v128.store(sums, left)
  v128.store(sums, right, 16)
  for (let j = 0; j < columns; j++) {
    const extra = residual ? load<f32>(residual + (j << 2)) : f32(0)
    store<f32>(y + (j << 2), load<f32>(sums + (j << 2)) + extra)
  }
}
