// Rotary positions: pair j of the first `heads` heads of token t turns by the angle whose cosine and sine stand at [t, j]; the
// rest of the row is copied.
//
// x [rows, W]; cos, sin [angles, half], angles = T for all sequences or B·T → out [rows, W], rows = B·T. Pairs are (j, j + half), or (2j, 2j + 1) as neighbours.
// Source: Su et al. 2021. Twin: src/reference/rotary.ts

export function rotary(
  out: u32,
  x: u32,
  cos: u32,
  sin: u32,
  heads: i32,
  neighbours: bool,
  rows: i32,
  W: i32,
  angles: i32,
  half: i32,
): void {
  memory.copy(out, x, (rows * W) << 2)
  const step = neighbours ? 2 : 1
  const apart: u32 = (neighbours ? 1 : half) << 2
  for (let row = 0; row < rows; row++, out += W << 2) {
    const angle: u32 = ((row % angles) * half) << 2
    for (let h = 0; h < heads; h++) {
      for (let j = 0; j < half; j++) {
        const first = out + ((h * 2 * half + j * step) << 2)
        const a = load<f32>(first)
        const b = load<f32>(first + apart)
        const c = load<f32>(cos + angle + (j << 2))
        const s = load<f32>(sin + angle + (j << 2))
        store<f32>(first, a * c - b * s)
        store<f32>(first + apart, b * c + a * s)
      }
    }
  }
}
