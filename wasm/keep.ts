// cache[b, row + t] = the last W columns of x[b, t]
//
// x [B, T, from] → cache [B, Tmax, W]. Twin: src/reference/keep.ts

export function keep(cache: u32, x: u32, row: i32, B: i32, T: i32, Tmax: i32, W: i32, from: i32): void {
  for (let b = 0; b < B; b++) {
    for (let t = 0; t < T; t++) {
      memory.copy(cache + (((b * Tmax + row + t) * W) << 2), x + (((b * T + t + 1) * from - W) << 2), W << 2)
    }
  }
}
