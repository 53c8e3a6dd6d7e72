// y = x / √(mean(x²) + eps) · weight over the last axis.
//
// x [rows, D]; weight [D] → y [rows, D]. Source: Zhang and Sennrich 2019. Twin: src/reference/rms_norm.ts

import { sum } from './math'

export function rmsNorm(y: u32, x: u32, weight: u32, eps: f32, rows: i32, D: i32): void {
  const end: u32 = D << 2
  const even: u32 = (D & ~3) << 2
  for (let row = 0; row < rows; row++, x += end, y += end) {
    let lanes = f32x4.splat(0)
    let rest = f32(0)
    for (let d: u32 = 0; d < even; d += 16) lanes = f32x4.add(lanes, f32x4.mul(v128.load(x + d), v128.load(x + d)))
    for (let d = even; d < end; d += 4) rest += load<f32>(x + d) * load<f32>(x + d)
    const scale = f32(1) / sqrt<f32>((sum(lanes) + rest) / (D as f32) + eps)

    const scales = f32x4.splat(scale)
    for (let d: u32 = 0; d < even; d += 16) {
      v128.store(y + d, f32x4.mul(f32x4.mul(v128.load(x + d), scales), v128.load(weight + d)))
    }
    for (let d = even; d < end; d += 4) store<f32>(y + d, load<f32>(x + d) * scale * load<f32>(weight + d))
  }
}
