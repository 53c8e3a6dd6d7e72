// One learned query over the chosen tokens: weights = softmax(x · query / √D), pooled = Σ weights · x.
// A token that is not chosen weighs exactly 0; where none is chosen everything is zero.
//
// x [B, T, D]; chosen [B, T]; query [D] → pooled [B, D], weights [B, T]. D counts chunks.
// Grid: one workgroup a batch row. The scores wait in `weights`, so T has no limit.
// Twin: src/reference/attention_pool.ts

const LOWEST = -3.4028234e38;

var<workgroup> partial: array<f32, WORKGROUP>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) grid: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let b = flat_index(group, grid);
  if (b >= params.B) {
    return;
  }
  let row = b * params.T;

  var highest = LOWEST;
  for (var t = lane; t < params.T; t += WORKGROUP) {
    var dot = Chunk();
    for (var d = 0u; d < params.D; d++) {
      dot += x[(row + t) * params.D + d] * query[d];
    }
    let score = chunk_sum(dot) * params.scale;
    weights[row + t] = score;
    highest = select(highest, max(highest, score), chosen[row + t] != 0u);
  }
  partial[lane] = highest;
  workgroupBarrier();
  for (var i = 0u; i < WORKGROUP; i++) {
    highest = max(highest, partial[i]);
  }
  workgroupBarrier();

  var total = 0.0;
  for (var t = lane; t < params.T; t += WORKGROUP) {
    let weight = select(0.0, exp(weights[row + t] - highest), chosen[row + t] != 0u);
    weights[row + t] = weight;
    total += weight;
  }
  partial[lane] = total;
  workgroupBarrier();
  total = 0.0;
  for (var i = 0u; i < WORKGROUP; i++) {
    total += partial[i];
  }

  let divisor = max(total, 1.0); // the highest score alone gives 1; less means that nothing is chosen
  for (var t = lane; t < params.T; t += WORKGROUP) {
    weights[row + t] /= divisor;
  }
  storageBarrier();

  for (var d = lane; d < params.D; d += WORKGROUP) {
    var sum = Chunk();
    for (var t = 0u; t < params.T; t++) {
      sum += weights[row + t] * x[(row + t) * params.D + d];
    }
    pooled[b * params.D + d] = sum;
  }
}
