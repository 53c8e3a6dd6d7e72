// Multi-head attention, exact: softmax(scale · q · k + bias) · v, one head at a time, by tiles in workgroup memory whose size
// does not grow with the lengths: for hardware. Two passes over the keys: each query's highest score and sum, then the
// probabilities (from scores computed again) and their values. KEPT > 0: all scores of up to KEPT tiles of keys wait in
// workgroup memory instead.
// Masks and bias: attention_scores.wgsl. A silenced head has a zero context; its probabilities are still written.
//
// queries [B, Tq, query_stride]; keys_values [B, key_rows, key_stride], keys from key_offset and values value_offset on;
// mask [Lm, B, Hm, Tq, ⌈Tk/32⌉] bits; bias by attention_scores.wgsl; heads [H, 2]: place of its map, silenced
// → context [B, Tq, H, Dh]; log_sum_exp [B, H, Tq]; maps [B, captured, Tq, Tk]. Dh, strides and offsets count chunks of 4.
// Grid: one workgroup (batch, head, ROWS · TY queries) of TX × TY invocations, TX = Dh, which TY divides; an invocation has
// ROWS queries × one chunk, of four keys of a tile of 4 · Dh keys and then of four dimensions. Keys pass through `stage`
// transposed, 4 · TY dimensions at a time, values 4 · TY keys at a time. A line with #r stands for one line a query.
// Workgroup memory in chunks: ROWS · TY · TX queries, as many × max(KEPT, 1) probabilities, 4 · TY · TX of stage
// (12 KiB for Dh 64, ROWS 4, TY 4, KEPT 0; 10 KiB for ROWS 2, KEPT 2; 14 KiB for ROWS 2, KEPT 4).
// Source: Vaswani et al. 2017, §3.2.2; the online sum: Milakov and Gimelshein 2018. Twin: src/reference/attention.ts

const KEYS = 4u * TX; // a tile
const DEPTH = 4u * TY; // dimensions of keys, or values, in stage
const LANES = TX * TY;

var<workgroup> q_tile: array<array<array<Chunk, TX>, TY>, ROWS>;
var<workgroup> p_tile: array<array<array<Chunk, TX * max(KEPT, 1u)>, TY>, ROWS>;
var<workgroup> stage: array<array<Chunk, TX>, DEPTH>;

/// Which of keys k … k + 3 query q of head h in batch row b may read; k is a multiple of 4.
fn readable4(b: u32, h: u32, q: u32, k: u32) -> vec4<bool> {
  let at = vec4<u32>(k, k + 1u, k + 2u, k + 3u);
  let distance = vec4<i32>(at) - i32(q);
  let inside = (at < vec4<u32>(params.Tk)) & (distance >= vec4<i32>(params.least)) & (distance <= vec4<i32>(params.most));
  if (params.mask_heads == 0u) {
    return inside;
  }
  let bits = mask[mask_row(b, h, q) + min(k, params.Tk - 1u) / 32u] >> (k % 32u);
  return inside & ((vec4<u32>(bits) & vec4<u32>(1u, 2u, 4u, 8u)) != vec4<u32>());
}

/// What is added to the scores of keys k … k + 3.
fn bias4(h: u32, q: u32, k: u32) -> Chunk {
  if (params.biased == 0u) {
    return Chunk();
  }
  let last = params.Tk - 1u;
  return Chunk(
    bias[bias_at(h, q, min(k, last))],
    bias[bias_at(h, q, min(k + 1u, last))],
    bias[bias_at(h, q, min(k + 2u, last))],
    bias[bias_at(h, q, min(k + 3u, last))],
  );
}

@compute @workgroup_size(LANES)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) grid: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let Tk = params.Tk;
  let Tq = params.Tq;
  let H = params.H;
  let blocks = (Tq + ROWS * TY - 1u) / (ROWS * TY);
  let index = flat_index(group, grid);
  let first = index % blocks * (ROWS * TY);
  let h = index / blocks % H;
  let b = index / (blocks * H);
  if (b >= params.B) {
    return;
  }
  let queries_at = b * Tq * params.query_stride + h * TX;
  let stride = params.key_stride;
  let keys = b * params.key_rows * stride + params.key_offset + h / params.group * TX;
  let values = keys + params.value_offset;
  let place = heads[2u * h];
  let captured = place < params.captured;
  let map = (b * params.captured + place) * Tq * Tk;
  // Tiles that the window of some query here reaches; the others are neither read nor multiplied.
  let reach = window_of(first, ROWS * TY);
  let tile0 = reach.x / KEYS;
  let tile1 = (reach.y + KEYS - 1u) / KEYS;
  let tx = lane % TX;
  let ty = lane / TX;
  // What this invocation brings to stage: four keys × dimension chunk k_d, or chunk tx of four values TY apart.
  let k_d = lane % TY;
  let k_g = lane / TY;
  // Past the last query the last one is computed again, and not stored.
  let q#r = min(first + #ru * TY + ty, Tq - 1u);

  for (var j = lane; j < ROWS * TY * TX; j += LANES) {
    let row = j / TX;
    q_tile[row / TY][row % TY][j % TX] = queries[queries_at + min(first + row, Tq - 1u) * params.query_stride + j % TX];
  }
  var top#r = HIDDEN;
  var total#r = 0.0;
  var sum#r = Chunk();

  for (var turn = 0u; turn < 2u; turn++) {
    for (var tile = tile0; tile < tile1; tile++) {
      let k = tile * KEYS + k_g * 4u;
      let key = tile * KEYS + tx * 4u;
      let at = select(0u, tile * TX, KEPT > 0u) + tx;
      var score#r = Chunk();
      if (turn == 0u || KEPT == 0u) {
        var next0 = keys_values[keys + min(k, Tk - 1u) * stride + k_d];
        var next1 = keys_values[keys + min(k + 1u, Tk - 1u) * stride + k_d];
        var next2 = keys_values[keys + min(k + 2u, Tk - 1u) * stride + k_d];
        var next3 = keys_values[keys + min(k + 3u, Tk - 1u) * stride + k_d];
        for (var d = 0u; d < TX; d += TY) {
          stage[k_d * 4u][k_g] = Chunk(next0.x, next1.x, next2.x, next3.x);
          stage[k_d * 4u + 1u][k_g] = Chunk(next0.y, next1.y, next2.y, next3.y);
          stage[k_d * 4u + 2u][k_g] = Chunk(next0.z, next1.z, next2.z, next3.z);
          stage[k_d * 4u + 3u][k_g] = Chunk(next0.w, next1.w, next2.w, next3.w);
          workgroupBarrier();
          let ahead = keys + min(d + TY, TX - TY) + k_d;
          next0 = keys_values[min(k, Tk - 1u) * stride + ahead];
          next1 = keys_values[min(k + 1u, Tk - 1u) * stride + ahead];
          next2 = keys_values[min(k + 2u, Tk - 1u) * stride + ahead];
          next3 = keys_values[min(k + 3u, Tk - 1u) * stride + ahead];
          for (var c = 0u; c < TY; c++) {
            let k0 = stage[c * 4u][tx];
            let k1 = stage[c * 4u + 1u][tx];
            let k2 = stage[c * 4u + 2u][tx];
            let k3 = stage[c * 4u + 3u][tx];
            let x#r = q_tile[#r][ty][d + c];
            score#r += x#r.x * k0; score#r += x#r.y * k1; score#r += x#r.z * k2; score#r += x#r.w * k3;
          }
          workgroupBarrier();
        }
        score#r = select(Chunk(HIDDEN), score#r * params.scale + bias4(h, q#r, key), readable4(b, h, q#r, key));
      } else {
        score#r = p_tile[#r][ty][at];
      }
      if (turn == 0u) {
        let highest#r = max(top#r, max(max(score#r.x, score#r.y), max(score#r.z, score#r.w)));
        let weight#r = select(Chunk(), exp(score#r - highest#r), score#r > Chunk(HIDDEN));
        total#r = total#r * exp(top#r - highest#r) + chunk_sum(weight#r);
        top#r = highest#r;
        if (KEPT > 0u) { p_tile[#r][ty][at] = score#r; }
        continue;
      }
      let p#r = select(Chunk(), exp(score#r - top#r) * total#r, score#r > Chunk(HIDDEN));
      p_tile[#r][ty][at] = p#r;
      if (captured) {
        let map#r = map + q#r * Tk + key;
        if (first + #ru * TY + ty < Tq && key < Tk) { maps[map#r] = p#r.x; }
        if (first + #ru * TY + ty < Tq && key + 1u < Tk) { maps[map#r + 1u] = p#r.y; }
        if (first + #ru * TY + ty < Tq && key + 2u < Tk) { maps[map#r + 2u] = p#r.z; }
        if (first + #ru * TY + ty < Tq && key + 3u < Tk) { maps[map#r + 3u] = p#r.w; }
      }
      let v = tile * KEYS + ty;
      var next0 = keys_values[values + min(v, Tk - 1u) * stride + tx];
      var next1 = keys_values[values + min(v + TY, Tk - 1u) * stride + tx];
      var next2 = keys_values[values + min(v + 2u * TY, Tk - 1u) * stride + tx];
      var next3 = keys_values[values + min(v + 3u * TY, Tk - 1u) * stride + tx];
      for (var d = 0u; d < TX; d += TY) {
        stage[ty][tx] = next0;
        stage[ty + TY][tx] = next1;
        stage[ty + 2u * TY][tx] = next2;
        stage[ty + 3u * TY][tx] = next3;
        workgroupBarrier();
        let ahead = v + min(d + TY, TX - TY) * 4u;
        next0 = keys_values[values + min(ahead, Tk - 1u) * stride + tx];
        next1 = keys_values[values + min(ahead + TY, Tk - 1u) * stride + tx];
        next2 = keys_values[values + min(ahead + 2u * TY, Tk - 1u) * stride + tx];
        next3 = keys_values[values + min(ahead + 3u * TY, Tk - 1u) * stride + tx];
        for (var c = 0u; c < TY; c++) {
          let v0 = stage[c * 4u][tx];
          let v1 = stage[c * 4u + 1u][tx];
          let v2 = stage[c * 4u + 2u][tx];
          let v3 = stage[c * 4u + 3u][tx];
          let x#r = p_tile[#r][ty][at - tx + d + c];
          sum#r += x#r.x * v0; sum#r += x#r.y * v1; sum#r += x#r.z * v2; sum#r += x#r.w * v3;
        }
        workgroupBarrier();
      }
    }
    if (turn == 0u) {
      // One query's highest score and sum, over the invocations that share it; `stage` is free, [row][tx].
      for (var row = 0u; row < ROWS; row++) {
        if (row == #ru) { stage[ty][tx] = Chunk(top#r, total#r, 0.0, 0.0); }
        workgroupBarrier();
        var highest = HIDDEN;
        for (var i = 0u; i < TX; i++) {
          highest = max(highest, stage[ty][i].x);
        }
        var total = 0.0;
        for (var i = 0u; i < TX; i++) {
          total += stage[ty][i].y * exp(stage[ty][i].x - highest);
        }
        let divisor = max(total, 1.0); // the highest score alone gives 1; less means that the query reads nothing
        let q = first + row * TY + ty;
        if (tx == 0u && q < Tq) {
          log_sum_exp[(b * H + h) * Tq + q] = select(0.0, highest + log(divisor), total > 0.0);
        }
        if (row == #ru) { top#r = highest; total#r = 1.0 / divisor; }
        workgroupBarrier();
      }
    }
  }

  for (var key = lane; captured && key < Tk; key += LANES) {
    if (key >= tile0 * KEYS && key < tile1 * KEYS) { continue; }
    for (var q = first; q < min(first + ROWS * TY, Tq); q++) {
      maps[map + q * Tk + key] = 0.0;
    }
  }

  let silenced = heads[2u * h + 1u] == 1u;
  if (first + #ru * TY + ty < Tq) { context[((b * Tq + q#r) * H + h) * TX + tx] = select(sum#r, Chunk(), silenced); }
}
