// y = LayerNorm(sum of partial products + bias + residual): ends a linear layer whose I was dealt out to workgroups
// (linear_tiled.wgsl with PARTIAL = 1) together with the norm that follows it.
//
// partials [parts, rows, columns]; bias, weight, shift [columns]; residual [rows, columns] → y [rows, columns]. columns counts
// chunks, at most WORKGROUP · ROWS of them.
// Grid: one workgroup a row, which stays in registers (a line with #r stands for one line a chunk of an invocation); two
// passes (mean, then squared distances), since E[x²] − mean² cancels in f32. Workgroup memory: a number an invocation.
// Source: Ba et al. 2016; torch.nn.LayerNorm. Twins: src/reference/{linear,layer_norm}.ts

var<workgroup> partial: array<f32, WORKGROUP>;

/// The sum of one value of every invocation.
fn sum_all(lane: u32, value: f32) -> f32 {
  partial[lane] = value;
  for (var half = WORKGROUP / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane < half) {
      partial[lane] += partial[lane + half];
    }
  }
  workgroupBarrier();
  let total = partial[0];
  workgroupBarrier(); // before the next call overwrites it
  return total;
}

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
  let D = params.columns;
  let start = row * D;
  let count = f32(D * WIDTH);
  let in#r = lane + #ru * WORKGROUP < D;
  let d#r = min(lane + #ru * WORKGROUP, D - 1u);
  var v#r = bias[d#r];
  if (params.has_residual == 1u) {
    v#r += residual[start + d#r];
  }
  for (var part = 0u; part < params.parts; part++) {
    let at = part * params.rows * D + start;
    v#r += partials[at + d#r];
  }

  var sum = Chunk();
  sum += select(Chunk(), v#r, in#r);
  let mean = sum_all(lane, chunk_sum(sum)) / count;
  var squares = Chunk();
  let e#r = select(Chunk(), v#r - mean, in#r);
  squares += e#r * e#r;
  let scale = 1.0 / sqrt(sum_all(lane, chunk_sum(squares)) / count + params.eps);
  if (in#r) { y[start + d#r] = e#r * scale * weight[d#r] + shift[d#r]; }
}
