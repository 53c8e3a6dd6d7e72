// Keeps rows for later runs: cache[b, row + t] = the last W columns of x[b, t].
//
// x [B, T, width] → cache [B, Tmax, W], of which T rows are written. W and width count chunks. Grid: one invocation a chunk.
// Twin: src/reference/keep.ts

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) grid: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, grid) * WORKGROUP + lane;
  let place = i / params.W;
  if (place >= params.B * params.T) {
    return;
  }
  let to = place / params.T * params.Tmax + params.row + place % params.T;
  cache[to * params.W + i % params.W] = x[(place + 1u) * params.width - params.W + i % params.W];
}
