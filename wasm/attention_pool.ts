// One learned query over the chosen tokens: weights = softmax(x · query / √D), pooled = Σ weights · x.
//
// x [B, T, D]; chosen u32 [B, T]; query [D] → pooled [B, D]; weights [B, T], 0 where not chosen.
// Twin: src/reference/attention_pool.ts

export function attentionPool(
  pooled: u32,
  weights: u32,
  x: u32,
  chosen: u32,
  query: u32,
  B: i32,
  T: i32,
  D: i32,
): void {
  const width: u32 = D << 2
  const scale = f32(1) / sqrt<f32>(D as f32)
  for (let b = 0; b < B; b++, pooled += width, weights += T << 2, chosen += T << 2, x += T * width) {
    let highest = -f32.MAX_VALUE
    for (let t: u32 = 0; t < (T as u32); t++) {
      if (load<u32>(chosen + (t << 2)) === 0) continue
      let dot: f32 = 0
      for (let d: u32 = 0; d < width; d += 4) dot += load<f32>(x + t * width + d) * load<f32>(query + d)
      store<f32>(weights + (t << 2), dot * scale)
      highest = max(highest, dot * scale)
    }
    let total: f32 = 0
    for (let t: u32 = 0; t < (T as u32) << 2; t += 4) {
      const weight = load<u32>(chosen + t) === 0 ? f32(0) : Mathf.exp(load<f32>(weights + t) - highest)
      store<f32>(weights + t, weight)
      total += weight
    }
    memory.fill(pooled, 0, width)
    if (total === 0) continue
    for (let t: u32 = 0; t < (T as u32); t++) {
      const weight = load<f32>(weights + (t << 2)) / total
      store<f32>(weights + (t << 2), weight)
      for (let d: u32 = 0; d < width; d += 4) {
        store<f32>(pooled + d, load<f32>(pooled + d) + weight * load<f32>(x + t * width + d))
      }
    }
  }
}
