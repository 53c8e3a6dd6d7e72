// y = activation(x₁) · x₂ for each row x = [x₁ ; x₂].
//
// x [rows, 2·F] → y [rows, F]. Source: Shazeer 2020, "GLU Variants Improve Transformer". Twin: src/reference/gated.ts

import { activate } from './math'

export function gated(y: u32, x: u32, activation: i32, rows: i32, F: i32): void {
  const width: u32 = F << 2
  const even: u32 = (F & ~3) << 2
  for (let row = 0; row < rows; row++, x += 2 * width, y += width) {
    for (let i: u32 = 0; i < even; i += 16) {
      v128.store(y + i, f32x4.mul(activate(activation, v128.load(x + i)), v128.load(x + width + i)))
    }
    for (let i = even; i < width; i += 4) {
      const gate = f32x4.extract_lane(activate(activation, v128.load_splat<f32>(x + i)), 0)
      store<f32>(y + i, gate * load<f32>(x + width + i))
    }
  }
}
