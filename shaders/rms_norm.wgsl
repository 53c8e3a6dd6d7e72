// Root mean square normalisation: y = x / √(mean(x²) + eps) · weight over the last axis.
//
// x [rows, D]; weight [D] → y [rows, D]. D counts chunks. Grid: one workgroup a row.
// Source: Zhang and Sennrich 2019. Twin: src/reference/rms_norm.ts

var<workgroup> partial: array<f32, WORKGROUP>;

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
  var squares = Chunk();
  for (var d = lane; d < params.D; d += WORKGROUP) {
    squares += x[start + d] * x[start + d];
  }
  partial[lane] = chunk_sum(squares);
  for (var half = WORKGROUP / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane < half) {
      partial[lane] += partial[lane + half];
    }
  }
  workgroupBarrier();
  let scale = 1.0 / sqrt(partial[0] / f32(params.D * WIDTH) + params.eps);
  for (var d = lane; d < params.D; d += WORKGROUP) {
    y[start + d] = x[start + d] * scale * weight[d];
  }
}
