// A gated feed-forward's middle: y = activation(x₁) · x₂ for each row x = [x₁ ; x₂].
//
// x [rows, 2·F] → y [rows, F]. F counts chunks. Grid: one invocation a chunk of y. Includes activation.wgsl.
// Source: Shazeer 2020, "GLU Variants Improve Transformer". Twin: src/reference/gated.ts

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) grid: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, grid) * WORKGROUP + lane;
  if (i >= params.rows * params.F) {
    return;
  }
  let gate = i / params.F * 2u * params.F + i % params.F;
  y[i] = activate(x[gate]) * x[gate + params.F];
}
