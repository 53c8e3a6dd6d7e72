// Mean or maximum over the chosen tokens; zeros where nothing is chosen.
//
// x [B, T, D]; chosen [B, T] → out [B, D]. D counts chunks. Grid: one invocation a chunk of the output.
// Twin: src/reference/pool.ts

const LOWEST = -3.4028234e38; // f32 has no literal for −∞, and none is needed: it is kept only if nothing is chosen

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) grid: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, grid) * WORKGROUP + lane;
  let b = i / params.D;
  if (b >= params.B) {
    return;
  }
  var count = 0.0;
  var sum = Chunk();
  var highest = Chunk(LOWEST);
  for (var t = 0u; t < params.T; t++) {
    if (chosen[b * params.T + t] != 0u) {
      let value = x[(b * params.T + t) * params.D + i % params.D];
      count += 1.0;
      sum += value;
      highest = max(highest, value);
    }
  }
  if (count == 0.0) {
    out[i] = Chunk();
  } else if (params.take_max == 1u) {
    out[i] = highest;
  } else {
    out[i] = sum / count;
  }
}
