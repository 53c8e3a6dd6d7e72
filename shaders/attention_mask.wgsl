// Which keys a query may read. Included by both attention kernels.
// Masking is a boolean test by `select`, never an added −∞: a masked key has probability exactly 0, a query that
// reads nothing gets zeros.

/// Stands for the score of a masked key; no finite score that means anything is this low.
const HIDDEN = -3.0e38;

/// Whether query q of batch row b may read key k.
fn readable(b: u32, q: u32, k: u32) -> bool {
  if (params.masked == 0u) {
    return true;
  }
  let row = (params.mask_layer * params.B + b) * params.T + q;
  return ((mask[row * ((params.T + 31u) / 32u) + k / 32u] >> (k % 32u)) & 1u) == 1u;
}
