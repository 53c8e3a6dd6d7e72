// The largest value of each window in two dimensions; what lies outside of the picture never wins.
//
// x [planes, Hpx, Wpx] → y [planes, Ho, Wo]. Grid: one invocation a value of y. Source: torch.nn.MaxPool2d.
// Twin: src/reference/max_pool2d.ts

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) grid: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, grid) * WORKGROUP + lane;
  let plane = i / (params.Ho * params.Wo);
  if (plane >= params.planes) {
    return;
  }
  let top = i32(i / params.Wo % params.Ho * params.stride) - i32(params.padding);
  let left = i32(i % params.Wo * params.stride) - i32(params.padding);
  let bottom = min(top + i32(params.size), i32(params.Hpx));
  let right = min(left + i32(params.size), i32(params.Wpx));
  var highest = x[(plane * params.Hpx + u32(max(top, 0))) * params.Wpx + u32(max(left, 0))];
  for (var row = max(top, 0); row < bottom; row++) {
    for (var column = max(left, 0); column < right; column++) {
      highest = max(highest, x[(plane * params.Hpx + u32(row)) * params.Wpx + u32(column)]);
    }
  }
  y[i] = highest;
}
