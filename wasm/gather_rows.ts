// out[b, m] = x[b, rows[b, m]]
//
// x [B, T, D]; rows u32 [B, M] → out [B, M, D]. Twin: src/reference/gather_rows.ts

export function gatherRows(out: u32, x: u32, rows: u32, B: i32, T: i32, D: i32, M: i32): void {
  const width: u32 = D << 2
  for (let b = 0; b < B; b++, x += T * width) {
    for (let m = 0; m < M; m++, out += width, rows += 4) memory.copy(out, x + load<u32>(rows) * width, width)
  }
}
