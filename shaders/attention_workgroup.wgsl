// Masked multi-head self-attention, exact: softmax(q · k / √Dh) · v, one head at a time.
// Masking: attention_mask.wgsl. A silenced head (ablate) has a zero context; its probabilities are still written.
//
// qkv [B, T, 3, H, Dh]; mask [Lm, B, T, ⌈T/32⌉] bits; ablate [H]; capture [H]: slot + 1 of a captured head, else 0
// → context [B, T, H, Dh]; log_sum_exp [B, H, T]; probabilities [B, captured, T, T]. Dh counts chunks.
// Grid: one workgroup (batch, head, ROWS queries), whose score rows stay in workgroup memory;
// a line with #r stands for one line a query.
// Source: Vaswani et al. 2017, §3.2.2. Twin: src/reference/attention.ts

const LANES = WORKGROUP / ROWS; // invocations that share one row's softmax

var<workgroup> scores: array<f32, SCORES>;
var<workgroup> partial: array<f32, WORKGROUP>;

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
  let queries = b * T * stride + h * Dh;
  let keys = queries + H * Dh;
  let values = keys + H * Dh;

  for (var k = lane; k < T; k += WORKGROUP) {
    var dot#r = Chunk();
    for (var d = 0u; d < Dh; d++) {
      let key = qkv[keys + k * stride + d];
      dot#r += qkv[queries + q#r * stride + d] * key;
    }
    scores[#r * T + k] = chunk_sum(dot#r) * params.scale;
  }
  workgroupBarrier();

  let q = first + lane / LANES;
  let row = lane / LANES * T;
  let team = lane / LANES * LANES;
  var highest = HIDDEN;
  for (var k = lane % LANES; k < T; k += LANES) {
    let score = select(HIDDEN, scores[row + k], readable(b, min(q, T - 1u), k));
    scores[row + k] = score;
    highest = max(highest, score);
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
      let value = qkv[values + k * stride + d];
      sum#r += scores[#r * T + k] * value;
    }
    if (first + #r < T) { context[((b * T + first + #r) * H + h) * Dh + d] = sum#r; }
  }
}
