// Chosen rows of a sequence: out[b, m] = x[b, rows[b, m]].
//
// x [B, T, D]; rows [B, M] → out [B, M, D]. D counts chunks. Grid: one invocation a chunk of the output.
// Twin: src/reference/gather_rows.ts

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) grid: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, grid) * WORKGROUP + lane;
  let place = i / params.D;
  if (place >= params.B * params.M) {
    return;
  }
  let b = place / params.M;
  out[i] = x[(b * params.T + rows[place]) * params.D + i % params.D];
}
