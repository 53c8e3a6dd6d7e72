// y = activation(sum of partial products + bias) + residual: ends a linear layer whose I was dealt out to workgroups
// (linear_tiled.wgsl with PARTIAL = 1).
//
// partials [parts, rows, columns]; bias [columns]; residual [rows, columns] → y [rows, columns]. columns counts chunks.
// Grid: one invocation a chunk of y. No workgroup memory. Includes linear_epilogue.wgsl. Twin: src/reference/linear.ts

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) grid: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let at = flat_index(group, grid) * WORKGROUP + lane;
  let count = params.rows * params.columns;
  if (at >= count) {
    return;
  }
  var sum = bias[at % params.columns];
  for (var part = 0u; part < params.parts; part++) {
    sum += partials[part * count + at];
  }
  store(at / params.columns, at % params.columns, sum);
}
