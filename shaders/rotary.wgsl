// Rotary positions: in the first `heads` heads of each row, pair j of token t turns by the angle whose cosine and sine stand at
// [t, j]; the rest of the row is copied.
//
// x [B·T, W]; cos, sin [angles, half], angles = T for all sequences or B·T → out [B·T, W]. A head is 2 · half wide; pairs are (j, j + half), or (2j, 2j + 1) as neighbours.
// Grid: one invocation a number of the output. Source: Su et al. 2021. Twin: src/reference/rotary.ts

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) grid: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, grid) * WORKGROUP + lane;
  if (i >= params.rows * params.W) {
    return;
  }
  let column = i % params.W;
  if (column >= params.heads * 2u * params.half) {
    out[i] = x[i];
    return;
  }
  let place = column % (2u * params.half);
  let second = select(place >= params.half, place % 2u == 1u, params.neighbours == 1u);
  let j = select(place % params.half, place / 2u, params.neighbours == 1u);
  let apart = select(params.half, 1u, params.neighbours == 1u);
  let angle = i / params.W % params.angles * params.half + j;
  if (second) {
    out[i] = x[i] * cos_table[angle] + x[i - apart] * sin_table[angle];
  } else {
    out[i] = x[i] * cos_table[angle] - x[i + apart] * sin_table[angle];
  }
}
