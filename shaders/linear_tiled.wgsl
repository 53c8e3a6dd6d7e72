// y = activation(x · W + bias) + residual, by tiles in workgroup memory: for hardware.
// PARTIAL = 1: parts of I go to different workgroups, which write bare sums; linear_sum.wgsl adds
// them up. That fills the machine where y has few tiles.
//
// x [rows, I]; weight [I, O], the columns from `first` on of [I, columns]; bias [columns]; residual [rows, columns] → the same
// columns of y [rows, columns], or of [parts, rows, columns]. I, O, columns and first count chunks of 4.
// Grid: parts × one workgroup a tile of y, (ROWS · TY) × TX chunks; TX × TY invocations of ROWS rows × one chunk; steps of
// STEP chunks along I. The next step's loads go to registers while this one is computed. A line with #r stands for one
// line a row. Workgroup memory: ROWS · TY · STEP + STEP · 4 · TX chunks (8 KiB for ROWS 8, TX 16; 4 KiB for ROWS 4, TX 8).
// Indices into workgroup memory are written out: NVIDIA's compiler does not unroll the loop by itself (a quarter slower).
// Source: the classic tiled product (V. Volkov and J. Demmel 2008). Twin: src/reference/linear.ts

const TY = 8u;
const STEP = 4u;
const LANES = TX * TY;

var<workgroup> x_tile: array<array<array<Chunk, STEP>, TY>, ROWS>;
var<workgroup> w_tile: array<array<Chunk, TX>, STEP * 4u>;

@compute @workgroup_size(LANES)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) grid: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let columns = (params.O + TX - 1u) / TX;
  let tiles = columns * ((params.rows + ROWS * TY - 1u) / (ROWS * TY));
  let index = flat_index(group, grid);
  let part = index / tiles;
  if (part >= params.parts) {
    return;
  }
  let share = ((params.I + STEP - 1u) / STEP + params.parts - 1u) / params.parts * STEP; // whole steps
  let begin = part * share;
  let end = min(params.I, begin + share);
  let row0 = index % tiles / columns * (ROWS * TY);
  let o0 = index % tiles % columns * TX;
  let tx = lane % TX;
  let ty = lane / TX;

  // What this invocation loads a step: chunk x_c of two rows of x, chunk tx of two rows of the weight.
  let last = params.rows - 1u;
  let x_c = lane % STEP;
  let x_r0 = lane / STEP;
  let x_r1 = x_r0 + LANES / STEP;
  let x_at0 = min(row0 + x_r0, last) * params.I;
  let x_at1 = min(row0 + x_r1, last) * params.I;
  let w_at = min(o0 + tx, params.O - 1u);
  let last_k = params.I * 4u - 1u; // a row past the end meets a zero of x_tile
  let i = begin + x_c;
  var next_x0 = select(Chunk(), x[x_at0 + min(i, params.I - 1u)], i < params.I);
  var next_x1 = select(Chunk(), x[x_at1 + min(i, params.I - 1u)], i < params.I);
  var next_w0 = weight_at(min(begin * 4u + ty, last_k) * params.O + w_at);
  var next_w1 = weight_at(min(begin * 4u + ty + TY, last_k) * params.O + w_at);

  var sum#r = Chunk();
  for (var i0 = begin; i0 < end; i0 += STEP) {
    x_tile[x_r0 / TY][x_r0 % TY][x_c] = next_x0;
    x_tile[x_r1 / TY][x_r1 % TY][x_c] = next_x1;
    w_tile[ty][tx] = next_w0;
    w_tile[ty + TY][tx] = next_w1;
    workgroupBarrier();
    let i = i0 + STEP + x_c;
    next_x0 = select(Chunk(), x[x_at0 + min(i, params.I - 1u)], i < params.I);
    next_x1 = select(Chunk(), x[x_at1 + min(i, params.I - 1u)], i < params.I);
    next_w0 = weight_at(min((i0 + STEP) * 4u + ty, last_k) * params.O + w_at);
    next_w1 = weight_at(min((i0 + STEP) * 4u + ty + TY, last_k) * params.O + w_at);
    {
      let w0 = w_tile[0][tx]; let w1 = w_tile[1][tx]; let w2 = w_tile[2][tx]; let w3 = w_tile[3][tx];
      let x#r = x_tile[#r][ty][0];
      sum#r += x#r.x * w0; sum#r += x#r.y * w1; sum#r += x#r.z * w2; sum#r += x#r.w * w3;
    }
    {
      let w0 = w_tile[4][tx]; let w1 = w_tile[5][tx]; let w2 = w_tile[6][tx]; let w3 = w_tile[7][tx];
      let x#r = x_tile[#r][ty][1];
      sum#r += x#r.x * w0; sum#r += x#r.y * w1; sum#r += x#r.z * w2; sum#r += x#r.w * w3;
    }
    {
      let w0 = w_tile[8][tx]; let w1 = w_tile[9][tx]; let w2 = w_tile[10][tx]; let w3 = w_tile[11][tx];
      let x#r = x_tile[#r][ty][2];
      sum#r += x#r.x * w0; sum#r += x#r.y * w1; sum#r += x#r.z * w2; sum#r += x#r.w * w3;
    }
    {
      let w0 = w_tile[12][tx]; let w1 = w_tile[13][tx]; let w2 = w_tile[14][tx]; let w3 = w_tile[15][tx];
      let x#r = x_tile[#r][ty][3];
      sum#r += x#r.x * w0; sum#r += x#r.y * w1; sum#r += x#r.z * w2; sum#r += x#r.w * w3;
    }
    workgroupBarrier();
  }

  let row = row0 + ty;
  if (o0 + tx >= params.O) {
    return;
  }
  let o = params.first + o0 + tx;
  if (PARTIAL == 1u) {
    let at = (part * params.rows + row) * params.columns + o;
    if (row + #ru * TY < params.rows) { y[at + #ru * TY * params.columns] = sum#r; }
  } else {
    store(row + #ru * TY, o, sum#r + bias[o]);
  }
}
