// The largest value of each window in two dimensions; what lies outside of the picture never wins.
//
// x [planes, Hpx, Wpx] → y [planes, Ho, Wo]. Source: torch.nn.MaxPool2d. Twin: src/reference/max_pool2d.ts

export function maxPool2d(
  y: u32,
  x: u32,
  planes: i32,
  Hpx: i32,
  Wpx: i32,
  Ho: i32,
  Wo: i32,
  size: i32,
  stride: i32,
  padding: i32,
): void {
  for (let plane = 0; plane < planes; plane++, x += (Hpx * Wpx) << 2) {
    for (let i = 0; i < Ho * Wo; i++, y += 4) {
      const top = (i / Wo) * stride - padding
      const left = (i % Wo) * stride - padding
      const first = max(left, 0)
      let highest = load<f32>(x + ((max(top, 0) * Wpx + first) << 2))
      for (let row = max(top, 0); row < min(Hpx, top + size); row++) {
        for (let column = first; column < min(Wpx, left + size); column++) {
          highest = max(highest, load<f32>(x + ((row * Wpx + column) << 2)))
        }
      }
      store<f32>(y, highest)
    }
  }
}
