// y = activation(x · W + bias) + residual, by tiles in workgroup memory: for hardware.
//
// x [rows, I]; weight [I, O]; bias [O]; residual [rows, O] → y [rows, O]. I and O count chunks of 4.
// Grid: one workgroup a 32 × 32 tile of y; 8 × 8 invocations of 4 rows × one chunk; steps of 16 along I.
// Source: the classic tiled product (V. Volkov and J. Demmel 2008). Twin: src/reference/linear.ts

const TILE = 32u;
const STEP = 4u; // chunks of I a step

var<workgroup> x_tile: array<Chunk, TILE * STEP>;
var<workgroup> w_tile: array<Chunk, STEP * 4u * 8u>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) grid: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let columns = (params.O + 7u) / 8u;
  let index = flat_index(group, grid);
  let row0 = index / columns * TILE;
  let o0 = index % columns * 8u;
  if (row0 >= params.rows) {
    return;
  }
  let row = row0 + lane / 8u * 4u;
  let o = o0 + lane % 8u;
  let last = params.rows - 1u;

  var sum0 = Chunk();
  var sum1 = Chunk();
  var sum2 = Chunk();
  var sum3 = Chunk();
  for (var i0 = 0u; i0 < params.I; i0 += STEP) {
    for (var j = lane; j < TILE * STEP; j += 64u) {
      let i = i0 + j % STEP;
      let inside = i < params.I;
      x_tile[j] = select(Chunk(), x[min(row0 + j / STEP, last) * params.I + min(i, params.I - 1u)], inside);
    }
    for (var j = lane; j < STEP * 4u * 8u; j += 64u) {
      let i = min(i0 * 4u + j / 8u, params.I * 4u - 1u); // a row past the end meets a zero of x_tile
      w_tile[j] = weight[i * params.O + min(o0 + j % 8u, params.O - 1u)];
    }
    workgroupBarrier();
    for (var i = 0u; i < STEP; i++) {
      let w0 = w_tile[(i * 4u + 0u) * 8u + lane % 8u];
      let w1 = w_tile[(i * 4u + 1u) * 8u + lane % 8u];
      let w2 = w_tile[(i * 4u + 2u) * 8u + lane % 8u];
      let w3 = w_tile[(i * 4u + 3u) * 8u + lane % 8u];
      let x0 = x_tile[(lane / 8u * 4u + 0u) * STEP + i];
      let x1 = x_tile[(lane / 8u * 4u + 1u) * STEP + i];
      let x2 = x_tile[(lane / 8u * 4u + 2u) * STEP + i];
      let x3 = x_tile[(lane / 8u * 4u + 3u) * STEP + i];
      sum0 += x0.x * w0 + x0.y * w1 + x0.z * w2 + x0.w * w3;
      sum1 += x1.x * w0 + x1.y * w1 + x1.z * w2 + x1.w * w3;
      sum2 += x2.x * w0 + x2.y * w1 + x2.z * w2 + x2.w * w3;
      sum3 += x3.x * w0 + x3.y * w1 + x3.z * w2 + x3.w * w3;
    }
    workgroupBarrier();
  }
  if (o >= params.O) {
    return;
  }
  store(row, o, sum0 + bias[o]);
  store(row + 1u, o, sum1 + bias[o]);
  store(row + 2u, o, sum2 + bias[o]);
  store(row + 3u, o, sum3 + bias[o]);
}
