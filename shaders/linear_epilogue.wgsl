// What follows the product of a linear layer: activation, residual, store. Included by the linear kernels, behind activation.wgsl.
// Twin: src/reference/linear.ts

/// Writes chunk o of a row of y, with what comes after the product: activation, then residual.
fn store(row: u32, o: u32, sum: Chunk) {
  if (row >= params.rows) {
    return;
  }
  let at = row * params.columns + o;
  var value = activate(sum);
  if (params.has_residual == 1u) {
    value += residual[at];
  }
  y[at] = value;
}
