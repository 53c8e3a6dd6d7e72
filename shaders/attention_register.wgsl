// Masked multi-head self-attention, exact: softmax(q · k / √Dh) · v, one head at a time. For software adapters: no
// barriers and no workgroup memory (they clear it at a high price); the score rows wait in a storage buffer.
// Masking: attention_mask.wgsl. A silenced head (ablate) has a zero context; its probabilities are still written.
//
// qkv [B, T, 3, H, Dh]; mask [Lm, B, T, ⌈T/32⌉] bits; ablate [H]; capture [H]: slot + 1 of a captured head, else 0
// → context [B, T, H, Dh]; log_sum_exp [B, H, T]; probabilities [B, captured, T, T]; scores, scratch. Dh counts chunks.
// Grid: one invocation (batch, head, ROWS queries); a line with #r stands for one line a query.
// Source: Vaswani et al. 2017, §3.2.2. Twin: src/reference/attention.ts

/// Turns the scores of query q, which start at `row`, into probabilities.
fn softmax(b: u32, h: u32, q: u32, row: u32) {
  let T = params.T;
  var highest = HIDDEN;
  for (var k = 0u; k < T; k++) {
    highest = max(highest, select(HIDDEN, scores[row + k], readable(b, q, k)));
  }
  var total = 0.0;
  for (var k = 0u; k < T; k++) {
    let weight = select(0.0, exp(scores[row + k] - highest), readable(b, q, k));
    scores[row + k] = weight;
    total += weight;
  }
  let divisor = max(total, 1.0); // the highest score alone gives 1; less means that the query reads nothing
  let slot = capture[h];
  for (var k = 0u; k < T; k++) {
    let probability = scores[row + k] / divisor;
    scores[row + k] = probability;
    if (slot > 0u) {
      probabilities[((b * params.captured + slot - 1u) * T + q) * T + k] = probability;
    }
  }
  log_sum_exp[(b * params.H + h) * T + q] = select(0.0, highest + log(divisor), total > 0.0);
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
  let index = flat_index(group, grid) * WORKGROUP + lane;
  let first = index % blocks * ROWS;
  let h = index / blocks % H;
  let b = index / (blocks * H);
  if (b >= params.B) {
    return;
  }
  let stride = 3u * H * Dh;
  let queries = b * T * stride + h * Dh;
  let keys = queries + H * Dh;
  let values = keys + H * Dh;
  // Past the last query the last one is computed again, and not stored.
  let query#r = queries + min(first + #r, T - 1u) * stride;
  let row#r = (index * ROWS + #r) * T;

  for (var k = 0u; k < T; k++) {
    var dot#r = Chunk();
    for (var d = 0u; d < Dh; d++) {
      let key = qkv[keys + k * stride + d];
      dot#r += qkv[query#r + d] * key;
    }
    scores[row#r + k] = chunk_sum(dot#r) * params.scale;
  }

  for (var r = 0u; r < ROWS && first + r < T; r++) {
    softmax(b, h, first + r, (index * ROWS + r) * T);
  }

  let silenced = params.ablating == 1u && ablate[h] == 1u;
  for (var d = 0u; d < Dh; d++) {
    var sum#r = Chunk();
    for (var k = 0u; k < T && !silenced; k++) {
      let value = qkv[values + k * stride + d];
      sum#r += scores[row#r + k] * value;
    }
    if (first + #r < T) { context[((b * T + first + #r) * H + h) * Dh + d] = sum#r; }
  }
}
