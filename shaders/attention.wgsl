// Masked multi-head self-attention, exact: softmax(q · k / √Dh) · v, one head at a time.
// Masking is a boolean test by `select`, never an added −∞: a masked key has probability exactly 0, a query that
// reads nothing gets zeros. A silenced head (ablate) has a zero context; its probabilities are still written.
//
// qkv [B, T, 3, H, Dh]; mask [Lm, B, T, ⌈T/32⌉] bits; ablate [H]; capture [H]: slot + 1 of a captured head, else 0
// → context [B, T, H, Dh]; log_sum_exp [B, H, T]; probabilities [B, captured, T, T]. Dh counts chunks.
// Grid: one workgroup (batch, head, ROWS queries), whose score rows stay in workgroup memory;
// a line with #r stands for one line a query.
// Source: Vaswani et al. 2017, §3.2.2. Twin: src/reference/attention.ts

/// Stands for the score of a masked key; no finite score that means anything is this low.
const HIDDEN = -3.0e38;
const LANES = WORKGROUP / ROWS; // invocations that share one row's softmax

var<workgroup> scores: array<f32, SCORES>;
var<workgroup> partial: array<f32, WORKGROUP>;

fn readable(row: u32, key: u32) -> bool {
  if (params.masked == 0u) {
    return true;
  }
  return ((mask[row * ((params.T + 31u) / 32u) + key / 32u] >> (key % 32u)) & 1u) == 1u;
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) grid: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let T = params.T;
  let H = params.H;
  let Dh = params.Dh;
  let blocks = (T + ROWS - 1u) / ROWS;
  let index = flat_index(group, grid);
  let first = index % blocks * ROWS;
  let h = index / blocks % H;
  let b = index / (blocks * H);
  if (b >= params.B) {
    return;
  }
  // Past the last query the last one is computed again, and not stored.
  let q#r = min(first + #r, T - 1u);
  let stride = 3u * H * Dh;
  let query0 = b * T * stride + h * Dh;
  let key0 = query0 + H * Dh;
  let value0 = key0 + H * Dh;
  let mask0 = (params.mask_layer * params.B + b) * T;

  for (var k = lane; k < T; k += WORKGROUP) {
    var dot#r = Chunk();
    for (var d = 0u; d < Dh; d++) {
      let key = qkv[key0 + k * stride + d];
      dot#r += qkv[query0 + q#r * stride + d] * key;
    }
    scores[#r * T + k] = select(HIDDEN, chunk_sum(dot#r) * params.scale, readable(mask0 + q#r, k));
  }
  workgroupBarrier();

  let row = lane / LANES * T;
  let team = lane / LANES * LANES;
  var highest = HIDDEN;
  for (var k = lane % LANES; k < T; k += LANES) {
    highest = max(highest, scores[row + k]);
  }
  partial[lane] = highest;
  workgroupBarrier();
  for (var i = 0u; i < LANES; i++) {
    highest = max(highest, partial[team + i]);
  }
  workgroupBarrier();

  var total = 0.0;
  for (var k = lane % LANES; k < T; k += LANES) {
    let score = scores[row + k];
    let weight = select(0.0, exp(score - highest), score > HIDDEN);
    scores[row + k] = weight;
    total += weight;
  }
  partial[lane] = total;
  workgroupBarrier();
  total = 0.0;
  for (var i = 0u; i < LANES; i++) {
    total += partial[team + i];
  }

  let q = first + lane / LANES;
  let divisor = max(total, 1.0); // the highest score alone gives 1; less means that the query reads nothing
  let slot = capture[h];
  for (var k = lane % LANES; k < T; k += LANES) {
    let probability = scores[row + k] / divisor;
    scores[row + k] = probability;
    if (slot > 0u && q < T) {
      probabilities[((b * params.captured + slot - 1u) * T + q) * T + k] = probability;
    }
  }
  if (lane % LANES == 0u && q < T) {
    log_sum_exp[(b * H + h) * T + q] = select(0.0, highest + log(divisor), total > 0.0);
  }
  workgroupBarrier();

  let silenced = params.ablating == 1u && ablate[h] == 1u;
  for (var d = lane; d < Dh; d += WORKGROUP) {
    var sum#r = Chunk();
    for (var k = 0u; k < T && !silenced; k++) {
      let value = qkv[value0 + k * stride + d];
      sum#r += scores[#r * T + k] * value;
    }
    if (first + #r < T) { context[((b * T + first + #r) * H + h) * Dh + d] = sum#r; }
  }
}
