// Which keys a query may read, and what is added to a score. Included by both attention kernels.
// Masking is a boolean test by `select`, never an added −∞: a masked key has probability exactly 0, a query that
// reads nothing gets zeros.

/// Stands for the score of a masked key; no finite score that means anything is this low.
const HIDDEN = -3.0e38;

/// The words of the mask in front of query q of head h in batch row b.
fn mask_row(b: u32, h: u32, q: u32) -> u32 {
  let head = select(0u, h, params.mask_heads > 1u);
  return (((params.mask_layer * params.B + b) * params.mask_heads + head) * params.Tq + q) * ((params.Tk + 31u) / 32u);
}

/// The keys [x, y) that the window lets any of `count` queries from `first` on read.
fn window_of(first: u32, count: u32) -> vec2<u32> {
  let begin = clamp(i32(first) + params.least, 0, i32(params.Tk));
  let end = clamp(i32(first + count) + params.most, begin, i32(params.Tk));
  return vec2<u32>(u32(begin), u32(end));
}

/// Where the bias of head h, query q, key k lies.
fn bias_at(h: u32, q: u32, k: u32) -> u32 {
  return u32(params.bias_first + i32(h) * params.bias_head + i32(q) * params.bias_query + i32(k) * params.bias_key);
}
