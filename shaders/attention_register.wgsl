// Multi-head attention, exact: softmax(scale · q · k + bias) · v, one head at a time. For software adapters and odd head widths:
// no barriers and no workgroup memory (software adapters clear it at a high price); the score rows wait where the maps go.
// Masks and bias: attention_scores.wgsl. A silenced head has a zero context; its probabilities are still written.
//
// queries [B, Tq, query_stride]; keys_values [B, key_rows, key_stride], keys from key_offset and values value_offset on;
// mask [Lm, B, Hm, Tq, ⌈Tk/32⌉] bits; bias by attention_scores.wgsl; heads [H, 2]: place of its map, silenced
// → context [B, Tq, H, Dh]; log_sum_exp [B, H, Tq]; maps [B, captured, Tq, Tk], then those of the other heads, scratch.
// Dh, strides and offsets count chunks. Grid: one invocation (batch, head, ROWS queries); a line with #r stands for one line a query.
// Source: Vaswani et al. 2017, §3.2.2. Twin: src/reference/attention.ts

fn readable(b: u32, h: u32, q: u32, k: u32) -> bool {
  let distance = i32(k) - i32(q);
  if (distance < params.least || distance > params.most) {
    return false;
  }
  if (params.mask_heads == 0u) {
    return true;
  }
  return ((mask[mask_row(b, h, q) + k / 32u] >> (k % 32u)) & 1u) == 1u;
}

/// Where the map of head h begins: those that are asked for come first.
fn map_of(b: u32, h: u32) -> u32 {
  let place = heads[2u * h];
  let others = params.H - params.captured;
  let rest = params.B * params.captured + b * others + place - params.captured;
  return select(rest, b * params.captured + place, place < params.captured) * params.Tq * params.Tk;
}

/// Turns the scores of query q, which start at `row`, into probabilities; there are scores of the keys in `reach` alone.
fn softmax(b: u32, h: u32, q: u32, row: u32, reach: vec2<u32>) {
  var highest = HIDDEN;
  for (var k = reach.x; k < reach.y; k++) {
    var score = HIDDEN;
    if (readable(b, h, q, k)) {
      score = maps[row + k];
      if (params.biased == 1u) {
        score += bias[bias_at(h, q, k)];
      }
    }
    maps[row + k] = score;
    highest = max(highest, score);
  }
  var total = 0.0;
  for (var k = reach.x; k < reach.y; k++) {
    let weight = select(0.0, exp(maps[row + k] - highest), maps[row + k] > HIDDEN);
    maps[row + k] = weight;
    total += weight;
  }
  let divisor = max(total, 1.0); // the highest score alone gives 1; less means that the query reads nothing
  for (var k = reach.x; k < reach.y; k++) {
    maps[row + k] /= divisor;
  }
  for (var k = 0u; k < reach.x; k++) {
    maps[row + k] = 0.0;
  }
  for (var k = reach.y; k < params.Tk; k++) {
    maps[row + k] = 0.0;
  }
  log_sum_exp[(b * params.H + h) * params.Tq + q] = select(0.0, highest + log(divisor), total > 0.0);
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) grid: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let Tq = params.Tq;
  let Tk = params.Tk;
  let H = params.H;
  let Dh = params.Dh;
  let blocks = (Tq + ROWS - 1u) / ROWS;
  let index = flat_index(group, grid) * WORKGROUP + lane;
  let first = index % blocks * ROWS;
  let h = index / blocks % H;
  let b = index / (blocks * H);
  if (b >= params.B) {
    return;
  }
  let queries_at = b * Tq * params.query_stride + h * Dh;
  let stride = params.key_stride;
  let keys = b * params.key_rows * stride + params.key_offset + h / params.group * Dh;
  let values = keys + params.value_offset;
  // Past the last query the last one is computed again, and its context not stored.
  let query#r = queries_at + min(first + #r, Tq - 1u) * params.query_stride;
  let row#r = map_of(b, h) + min(first + #r, Tq - 1u) * Tk;

  let reach = window_of(first, ROWS);
  for (var k = reach.x; k < reach.y; k++) {
    var dot#r = Chunk();
    for (var d = 0u; d < Dh; d++) {
      let key = keys_values[keys + k * stride + d];
      dot#r += queries[query#r + d] * key;
    }
    maps[row#r + k] = chunk_sum(dot#r) * params.scale;
  }

  for (var r = 0u; r < ROWS && first + r < Tq; r++) {
    softmax(b, h, first + r, map_of(b, h) + (first + r) * Tk, reach);
  }

  let silenced = heads[2u * h + 1u] == 1u;
  for (var d = 0u; d < Dh; d++) {
    var sum#r = Chunk();
    for (var k = reach.x; k < reach.y && !silenced; k++) {
      let value = keys_values[values + k * stride + d];
      sum#r += maps[row#r + k] * value;
    }
    if (first + #r < Tq) { context[((b * Tq + first + #r) * H + h) * Dh + d] = sum#r; }
  }
}
