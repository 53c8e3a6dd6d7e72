// Cross-correlation in two dimensions: y = activation(x ⋆ weight + bias + residual), with stride, padding and groups.
//
// x [B, C, Hpx, Wpx]; weight [O, channels, Kh, Kw]; bias [O]; residual [B, O, Ho, Wo] → y [B, O, Ho, Wo]
// channels = C / groups, filters = O / groups. Grid: one invocation ROWS filters of a group × one pixel of y, registers only;
// a line with #r stands for one line a filter. Includes activation.wgsl. Source: torch.nn.Conv2d. Twin: src/reference/conv2d.ts

fn store(b: u32, o: u32, pixel: u32, sum: f32) {
  let at = (b * params.O + o) * params.Ho * params.Wo + pixel;
  var value = sum + bias[o];
  if (params.has_residual == 1u) {
    value += residual[at];
  }
  y[at] = activate(value);
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) grid: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, grid) * WORKGROUP + lane;
  let pixels = params.Ho * params.Wo;
  let pixel = i % pixels;
  let blocks = (params.filters + ROWS - 1u) / ROWS;
  let block = i / pixels % blocks;
  let part = i / (pixels * blocks) % (params.O / params.filters);
  let b = i / (pixels * blocks * (params.O / params.filters));
  if (b >= params.B) {
    return;
  }
  let top = i32(pixel / params.Wo * params.stride_y) - i32(params.padding_y);
  let left = i32(pixel % params.Wo * params.stride_x) - i32(params.padding_x);
  let first = block * ROWS;
  let size = params.channels * params.Kh * params.Kw;
  // Past the last filter of the group the last one is computed again, and not stored.
  let filter#r = part * params.filters + min(first + #r, params.filters - 1u);
  let w#r = filter#r * size;
  var sum#r = 0.0;
  var j = 0u;
  for (var c = 0u; c < params.channels; c++) {
    let plane = (b * params.C + part * params.channels + c) * params.Hpx;
    for (var ky = 0u; ky < params.Kh; ky++) {
      let row = top + i32(ky);
      let in_row = row >= 0 && row < i32(params.Hpx);
      for (var kx = 0u; kx < params.Kw; kx++) {
        let column = left + i32(kx);
        if (in_row && column >= 0 && column < i32(params.Wpx)) {
          let value = x[(plane + u32(row)) * params.Wpx + u32(column)];
          sum#r += value * weight[w#r + j];
        }
        j++;
      }
    }
  }
  if (first + #r < params.filters) { store(b, filter#r, pixel, sum#r); }
}
