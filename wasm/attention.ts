// Multi-head attention, exact: softmax(scale · q · k + bias) · v, one head at a time.
// Masking is a boolean choice, never an added −∞: a masked key has probability exactly 0, a query that reads nothing gets
// zeros. A silenced head (ablate) has a zero context; its probabilities are still written.
//
// queries [B, Tq, queryStride]; keysValues [B, keyRows, keyStride], keys from keyOffset on and values Hk · Dh behind them;
// mask [Lm, B, maskHeads, Tq, ⌈Tk/32⌉] bits or 0; a window least ≤ k − q ≤ most; bias at biasFirst + h · biasHead + q · biasQuery
// + k · biasKey, or 0; ablate [H] or 0; slots [H]: slot + 1 of a captured head, else 0
// → context [B, Tq, H, Dh]; logSumExp [B, H, Tq]; probabilities [B, captured, Tq, Tk].
// Source: Vaswani et al. 2017, §3.2.2. Twin: src/reference/attention.ts

import { exp, highest, sum } from './math'
import { COLUMNS, multiply, packColumns, packRows, panelBytes, ROWS, TILE } from './tile'

/** Stands for the score of a masked key; no finite score that means anything is this low. */
const HIDDEN: f32 = -3.0e38

/** Keys in a row of scores, in whole panels. */
function paddedKeys(Tk: i32): i32 {
  return (Tk + COLUMNS - 1) & ~(COLUMNS - 1)
}

/** Bytes of scratch: a tile, a panel of keys or of values, the scores of one head, which keys a query may read. */
export function attentionScratch(Tq: i32, Tk: i32, Dh: i32): u32 {
  return TILE + panelBytes(max(Tk, Dh)) + (((Tq + 1) * paddedKeys(Tk)) << 2)
}

export function attention(
  context: u32,
  logSumExp: u32,
  probabilities: u32,
  queries: u32,
  keysValues: u32,
  mask: u32,
  bias: u32,
  ablate: u32,
  slots: u32,
  scratch: u32,
  captured: i32,
  B: i32,
  Tq: i32,
  Tk: i32,
  H: i32,
  Hk: i32,
  Dh: i32,
  queryStride: i32,
  keyStride: i32,
  keyRows: i32,
  keyOffset: i32,
  maskHeads: i32,
  maskLayer: i32,
  least: i32,
  most: i32,
  biasFirst: i32,
  biasHead: i32,
  biasQuery: i32,
  biasKey: i32,
  scale: f32,
): void {
  const padded = paddedKeys(Tk)
  const panel = scratch + TILE
  const open = panel + panelBytes(max(Tk, Dh))
  const scores = open + (padded << 2)
  const width: u32 = (H * Dh) << 2
  const words = (Tk + 31) >> 5
  const query: u32 = queryStride << 2
  const key: u32 = keyStride << 2
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      const heads = queries + b * Tq * query + ((h * Dh) << 2)
      const keys = keysValues + b * keyRows * key + ((keyOffset + (h / (H / Hk)) * Dh) << 2)
      scoreKeys(scores, padded, scratch, panel, heads, query, keys, key, Tq, Tk, Dh, least, most)

      const slot = load<i32>(slots + (h << 2)) - 1
      for (let q = 0; q < Tq; q++) {
        const row = scores + ((q * padded) << 2)
        const head = maskHeads > 1 ? h : 0
        const bits = mask ? mask + (((((maskLayer * B + b) * maskHeads + head) * Tq + q) * words) << 2) : 0
        openKeys(open, bits, padded, max(0, q + least), min(Tk - 1, q + most))
        scaleScores(row, padded, scale)
        if (bias) addBias(row, bias + ((biasFirst + h * biasHead + q * biasQuery) << 2), biasKey << 2, Tk)
        store<f32>(logSumExp + (((b * H + h) * Tq + q) << 2), softmax(row, open, padded))
        if (slot >= 0) memory.copy(probabilities + ((((b * captured + slot) * Tq + q) * Tk) << 2), row, Tk << 2)
      }

      const out = context + b * Tq * width + ((h * Dh) << 2)
      if (ablate && load<u32>(ablate + (h << 2)) === 1) {
        for (let q = 0; q < Tq; q++) memory.fill(out + q * width, 0, Dh << 2)
      } else {
        readValues(out, width, scores, padded, scratch, panel, keys + ((Hk * Dh) << 2), key, Tq, Tk, Dh, least, most)
      }
    }
  }
}

/** The first key that the window lets any query from q on read. */
function firstKey(q: i32, least: i32, Tk: i32): i32 {
  return min(max(0, q + least), Tk)
}

/** Behind the last key that the window lets any of `rows` queries from q on read. */
function endKey(q: i32, rows: i32, most: i32, Tk: i32): i32 {
  return max(0, min(Tk, q + rows + most))
}

/**
 * scores[Tq, padded] = queries[Tq, Dh] · keys[Tk, Dh]ᵀ; `stride` and `keyStride` are bytes between rows. What lies outside of
 * the window stays as it is: nothing reads it.
 */
function scoreKeys(
  scores: u32,
  padded: i32,
  tile: u32,
  panel: u32,
  queries: u32,
  stride: u32,
  keys: u32,
  keyStride: u32,
  Tq: i32,
  Tk: i32,
  Dh: i32,
  least: i32,
  most: i32,
): void {
  for (let k = 0; k < Tk; k += COLUMNS) {
    packRows(panel, keys + k * keyStride, keyStride, Dh, min(COLUMNS, Tk - k))
    for (let q = 0; q < Tq; q += ROWS) {
      const rows = min(ROWS, Tq - q)
      if (k >= endKey(q, rows, most, Tk) || k + COLUMNS <= firstKey(q, least, Tk)) continue
      multiply(tile, queries + q * stride, stride, rows, panel, panelBytes(1), Dh)
      for (let r = 0; r < rows; r++) {
        memory.copy(scores + (((q + r) * padded + k) << 2), tile + panelBytes(r), panelBytes(1))
      }
    }
  }
}

/** out[Tq, Dh] = probabilities[Tq, padded] · values[Tk, Dh]; `width` and `stride` are bytes between rows. */
function readValues(
  out: u32,
  width: u32,
  probabilities: u32,
  padded: i32,
  tile: u32,
  panel: u32,
  values: u32,
  stride: u32,
  Tq: i32,
  Tk: i32,
  Dh: i32,
  least: i32,
  most: i32,
): void {
  for (let d = 0; d < Dh; d += COLUMNS) {
    const columns = min(COLUMNS, Dh - d)
    packColumns(panel, values + (d << 2), stride, Tk, columns)
    for (let q = 0; q < Tq; q += ROWS) {
      const rows = min(ROWS, Tq - q)
      const first = firstKey(q, least, Tk)
      const n = max(0, endKey(q, rows, most, Tk) - first)
      const row = probabilities + ((q * padded + first) << 2)
      multiply(tile, row, padded << 2, rows, panel + panelBytes(first), panelBytes(1), n)
      for (let r = 0; r < rows; r++) memory.copy(out + (q + r) * width + (d << 2), tile + panelBytes(r), columns << 2)
    }
  }
}

/** open[padded]: all bits of a key that may be read, none of another. Only keys from `first` to `last` can be. */
function openKeys(open: u32, bits: u32, padded: i32, first: i32, last: i32): void {
  const places = i32x4(1, 2, 4, 8)
  const lanes = i32x4(0, 1, 2, 3)
  for (let k = 0; k < padded; k += 4) {
    const word = bits && k <= last ? load<u32>(bits + ((k >> 5) << 2)) >> (k & 31) : 15
    const keys = i32x4.add(i32x4.splat(k), lanes)
    const band = v128.and(i32x4.ge_s(keys, i32x4.splat(first)), i32x4.le_s(keys, i32x4.splat(last)))
    v128.store(open + (k << 2), v128.and(band, i32x4.eq(v128.and(i32x4.splat(word), places), places)))
  }
}

function scaleScores(row: u32, padded: i32, scale: f32): void {
  for (let at = row; at < row + ((padded as u32) << 2); at += 16) {
    v128.store(at, f32x4.mul(v128.load(at), f32x4.splat(scale)))
  }
}

/** row[k] += the number at `bias` + k · `step` bytes. */
function addBias(row: u32, bias: u32, step: i32, Tk: i32): void {
  for (let k = 0; k < Tk; k++, row += 4, bias += step) store<f32>(row, load<f32>(row) + load<f32>(bias))
}

/** Turns one row of scores into probabilities. @returns the log of the sum of e^score, 0 where nothing is readable */
function softmax(row: u32, open: u32, padded: i32): f32 {
  const bytes = (padded as u32) << 2
  const hidden = f32x4.splat(HIDDEN)
  let most = hidden
  for (let k: u32 = 0; k < bytes; k += 16) {
    const score = v128.bitselect(v128.load(row + k), hidden, v128.load(open + k))
    v128.store(row + k, score)
    most = f32x4.max(most, score)
  }
  const top = highest(most)
  let totals = f32x4.splat(0)
  for (let k: u32 = 0; k < bytes; k += 16) {
    const weight = v128.and(exp(f32x4.sub(v128.load(row + k), f32x4.splat(top))), v128.load(open + k))
    v128.store(row + k, weight)
    totals = f32x4.add(totals, weight)
  }
  const total = sum(totals)
  const divisor = f32x4.splat(max<f32>(total, 1)) // the highest score alone gives 1; less means that the query reads nothing
  for (let k: u32 = 0; k < bytes; k += 16) v128.store(row + k, f32x4.div(v128.load(row + k), divisor))
  return total > 0 ? top + Mathf.log(total) : 0
}
