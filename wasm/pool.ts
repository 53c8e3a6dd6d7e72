// Mean or maximum over the chosen tokens; zeros where nothing is chosen.
//
// x [B, T, D]; chosen u32 [B, T] → out [B, D]. Twin: src/reference/pool.ts

export function pool(out: u32, x: u32, chosen: u32, isMax: bool, B: i32, T: i32, D: i32): void {
  const width: u32 = D << 2
  for (let b = 0; b < B; b++, out += width) {
    let count: i32 = 0
    memory.fill(out, 0, width)
    for (let t = 0; t < T; t++, x += width, chosen += 4) {
      if (load<u32>(chosen) === 0) continue
      if (count++ === 0) {
        memory.copy(out, x, width)
        continue
      }
      for (let d: u32 = 0; d < width; d += 4) {
        const before = load<f32>(out + d)
        const value = load<f32>(x + d)
        store<f32>(out + d, isMax ? max(before, value) : before + value)
      }
    }
    if (isMax || count === 0) continue
    for (let d: u32 = 0; d < width; d += 4) store<f32>(out + d, load<f32>(out + d) / (count as f32))
  }
}
