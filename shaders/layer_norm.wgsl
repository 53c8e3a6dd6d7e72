// Layer normalisation: y = (x − mean) / √(var + eps) · weight + bias over the last axis.
//
// x [rows, D]; weight, bias [D] → y [rows, D]. D counts chunks.
// Grid: one workgroup a row; two passes (mean, then squared distances), since E[x²] − mean² cancels in f32.
// Source: Ba et al. 2016; torch.nn.LayerNorm. Twin: src/reference/layer_norm.ts

var<workgroup> partial: array<f32, WORKGROUP>;

/// The sum of one value of every invocation.
fn sum_all(lane: u32, value: f32) -> f32 {
  partial[lane] = value;
  for (var half = WORKGROUP / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane < half) {
      partial[lane] += partial[lane + half];
    }
  }
  workgroupBarrier();
  let total = partial[0];
  workgroupBarrier(); // before the next call overwrites it
  return total;
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) grid: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = flat_index(group, grid);
  if (row >= params.rows) {
    return;
  }
  let start = row * params.D;
  let count = f32(params.D * WIDTH);

  var sum = Chunk();
  for (var d = lane; d < params.D; d += WORKGROUP) {
    sum += x[start + d];
  }
  let mean = sum_all(lane, chunk_sum(sum)) / count;

  var squares = Chunk();
  for (var d = lane; d < params.D; d += WORKGROUP) {
    let distance = x[start + d] - mean;
    squares += distance * distance;
  }
  let scale = 1.0 / sqrt(sum_all(lane, chunk_sum(squares)) / count + params.eps);

  for (var d = lane; d < params.D; d += WORKGROUP) {
    y[start + d] = (x[start + d] - mean) * scale * weight[d] + bias[d];
  }
}
