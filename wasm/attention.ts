// Masked multi-head self-attention, exact: softmax(q · k / √Dh) · v, one head at a time.
// Masking is a boolean choice, never an added −∞: a masked key has probability exactly 0, a query that reads nothing gets
// zeros. A silenced head (ablate) has a zero context; its probabilities are still written.
//
// qkv [B, T, 3, H, Dh]; mask [Lm, B, T, ⌈T/32⌉] bits or 0; ablate [H] or 0; slots [H]: slot + 1 of a captured head, else 0
// → context [B, T, H, Dh]; logSumExp [B, H, T]; probabilities [B, captured, T, T].
// Source: Vaswani et al. 2017, §3.2.2. Twin: src/reference/attention.ts

import { exp, highest, sum } from './math'
import { COLUMNS, multiply, packColumns, packRows, panelBytes, ROWS, TILE } from './tile'

/** Stands for the score of a masked key; no finite score that means anything is this low. */
const HIDDEN: f32 = -3.0e38

/** Keys in a row of scores, in whole panels. */
function paddedKeys(T: i32): i32 {
  return (T + COLUMNS - 1) & ~(COLUMNS - 1)
}

/** Bytes of scratch: a tile, a panel of keys or of values, the scores of one head. */
export function attentionScratch(T: i32, Dh: i32): u32 {
  return TILE + panelBytes(max(T, Dh)) + ((T * paddedKeys(T)) << 2)
}

export function attention(
  context: u32,
  logSumExp: u32,
  probabilities: u32,
  qkv: u32,
  mask: u32,
  maskLayer: i32,
  ablate: u32,
  slots: u32,
  captured: i32,
  scratch: u32,
  B: i32,
  T: i32,
  H: i32,
  Dh: i32,
): void {
  const panel = scratch + TILE
  const scores = panel + panelBytes(max(T, Dh))
  const width: u32 = (H * Dh) << 2
  const padded = paddedKeys(T)
  const words = (T + 31) >> 5
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      const queries = qkv + b * T * 3 * width + ((h * Dh) << 2)
      scoreKeys(scores, padded, scratch, panel, queries, queries + width, 3 * width, T, Dh)

      const slot = load<i32>(slots + (h << 2)) - 1
      for (let q = 0; q < T; q++) {
        const row = scores + ((q * padded) << 2)
        const bits = mask ? mask + ((((maskLayer * B + b) * T + q) * words) << 2) : 0
        store<f32>(logSumExp + (((b * H + h) * T + q) << 2), softmax(row, bits, T, f32(1) / sqrt<f32>(Dh as f32)))
        if (slot >= 0) memory.copy(probabilities + ((((b * captured + slot) * T + q) * T) << 2), row, T << 2)
      }

      const out = context + b * T * width + ((h * Dh) << 2)
      if (ablate && load<u32>(ablate + (h << 2)) === 1) {
        for (let q = 0; q < T; q++) memory.fill(out + q * width, 0, Dh << 2)
      } else {
        readValues(out, width, scores, padded, scratch, panel, queries + 2 * width, 3 * width, T, Dh)
      }
    }
  }
}

/** scores[T, padded] = queries[T, Dh] · keys[T, Dh]ᵀ, both `stride` bytes a row. */
function scoreKeys(
  scores: u32,
  padded: i32,
  tile: u32,
  panel: u32,
  queries: u32,
  keys: u32,
  stride: u32,
  T: i32,
  Dh: i32,
): void {
  for (let k = 0; k < T; k += COLUMNS) {
    packRows(panel, keys + k * stride, stride, Dh, min(COLUMNS, T - k))
    for (let q = 0; q < T; q += ROWS) {
      const rows = min(ROWS, T - q)
      multiply(tile, queries + q * stride, stride, rows, panel, panelBytes(1), Dh)
      for (let r = 0; r < rows; r++) {
        memory.copy(scores + (((q + r) * padded + k) << 2), tile + panelBytes(r), panelBytes(1))
      }
    }
  }
}

/** out[T, Dh] = probabilities[T, padded] · values[T, Dh]; `width` and `stride` are bytes between rows. */
function readValues(
  out: u32,
  width: u32,
  probabilities: u32,
  padded: i32,
  tile: u32,
  panel: u32,
  values: u32,
  stride: u32,
  T: i32,
  Dh: i32,
): void {
  for (let d = 0; d < Dh; d += COLUMNS) {
    const columns = min(COLUMNS, Dh - d)
    packColumns(panel, values + (d << 2), stride, T, columns)
    for (let q = 0; q < T; q += ROWS) {
      const rows = min(ROWS, T - q)
      multiply(tile, probabilities + ((q * padded) << 2), padded << 2, rows, panel, panelBytes(1), T)
      for (let r = 0; r < rows; r++) memory.copy(out + (q + r) * width + (d << 2), tile + panelBytes(r), columns << 2)
    }
  }
}

/** Turns one row of scores into probabilities. @returns the log of the sum of e^score, 0 where nothing is readable */
function softmax(row: u32, bits: u32, T: i32, scale: f32): f32 {
  const hidden = f32x4.splat(HIDDEN)
  let most = hidden
  for (let k = 0; k < T; k += 4) {
    const at = row + (k << 2)
    const score = v128.bitselect(f32x4.mul(v128.load(at), f32x4.splat(scale)), hidden, readable(bits, k, T))
    v128.store(at, score)
    most = f32x4.max(most, score)
  }
  const top = highest(most)
  let totals = f32x4.splat(0)
  for (let k = 0; k < T; k += 4) {
    const at = row + (k << 2)
    const weight = v128.and(exp(f32x4.sub(v128.load(at), f32x4.splat(top))), readable(bits, k, T))
    v128.store(at, weight)
    totals = f32x4.add(totals, weight)
  }
  const total = sum(totals)
  const divisor = f32x4.splat(max<f32>(total, 1)) // the highest score alone gives 1; less means that the query reads nothing
  for (let k = 0; k < T; k += 4) {
    const at = row + (k << 2)
    v128.store(at, f32x4.div(v128.load(at), divisor))
  }
  return total > 0 ? top + Mathf.log(total) : 0
}

/** Which of the keys k … k + 3 may be read: all bits of a lane or none. k is a multiple of four. */
function readable(bits: u32, k: i32, T: i32): v128 {
  const word = bits ? load<u32>(bits + ((k >> 5) << 2)) >> (k & 31) : 15
  const within = T - k >= 4 ? 15 : (1 << (T - k)) - 1
  const places = i32x4(1, 2, 4, 8)
  return i32x4.eq(v128.and(i32x4.splat(word & within), places), places)
}
