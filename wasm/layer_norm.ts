// y = (x − mean) / √(var + eps) · weight + bias over the last axis, in two passes, since E[x²] − mean² cancels in f32.
//
// x [rows, D]; weight, bias [D] → y [rows, D]. Source: Ba et al. 2016. Twin: src/reference/layer_norm.ts

import { sum } from './math'

export function layerNorm(y: u32, x: u32, weight: u32, bias: u32, eps: f32, rows: i32, D: i32): void {
  const end: u32 = D << 2
  const even: u32 = (D & ~3) << 2
  for (let row = 0; row < rows; row++, x += end, y += end) {
    let lanes = f32x4.splat(0)
    let rest = f32(0)
    for (let d: u32 = 0; d < even; d += 16) lanes = f32x4.add(lanes, v128.load(x + d))
    for (let d = even; d < end; d += 4) rest += load<f32>(x + d)
    const mean = (sum(lanes) + rest) / (D as f32)

    const means = f32x4.splat(mean)
    lanes = f32x4.splat(0)
    rest = 0
    for (let d: u32 = 0; d < even; d += 16) {
      const distance = f32x4.sub(v128.load(x + d), means)
      lanes = f32x4.add(lanes, f32x4.mul(distance, distance))
    }
    for (let d = even; d < end; d += 4) {
      const distance = load<f32>(x + d) - mean
      rest += distance * distance
    }
    const scale = f32(1) / sqrt<f32>((sum(lanes) + rest) / (D as f32) + eps)

    const scales = f32x4.splat(scale)
    for (let d: u32 = 0; d < even; d += 16) {
      const normed = f32x4.mul(f32x4.sub(v128.load(x + d), means), scales)
      v128.store(y + d, f32x4.add(f32x4.mul(normed, v128.load(weight + d)), v128.load(bias + d)))
    }
    for (let d = even; d < end; d += 4) {
      store<f32>(y + d, (load<f32>(x + d) - mean) * scale * load<f32>(weight + d) + load<f32>(bias + d))
    }
  }
}
