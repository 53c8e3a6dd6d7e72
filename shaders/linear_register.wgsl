// y = activation(x · W + bias) + residual, from registers only: no workgroup memory, no barriers.
// The fastest of those tried on software adapters, and the variant for few rows or odd widths everywhere.
//
// x [rows, I]; weight [I, O], the columns from `first` on of [I, columns]; bias [columns]; residual [rows, columns] → the same
// columns of y [rows, columns]. O, columns and first count chunks.
// Grid: one invocation ROWS rows × one chunk; a line with #r stands for one line a row.
// Twin: src/reference/linear.ts

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) grid: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let index = flat_index(group, grid) * WORKGROUP + lane;
  let o = index % params.O;
  let first = index / params.O * ROWS;
  if (first >= params.rows) {
    return;
  }
  // Past the last row the last one is computed again, and not stored.
  let last = params.rows - 1u;
  let x#r = min(first + #r, last) * params.I;
  var sum#r = bias[params.first + o];
  for (var i = 0u; i < params.I; i++) {
    let w = weight_at(i * params.O + o);
    sum#r += x[x#r + i] * w;
  }
  store(first + #r, params.first + o, sum#r);
}
