// What follows the product of a linear layer: activation, residual, store. Included by both linear kernels.
// The numbers of the activations are those of src/kernels/linear.ts. Twins: src/reference/{activation,linear}.ts
/// Abramowitz and Stegun 1964, 7.1.26: |error| ≤ 1.5e-7.
fn erf(x: Chunk) -> Chunk {
  let a = abs(x);
  let t = 1.0 / (1.0 + 0.3275911 * a);
  let p = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return sign(x) * (1.0 - p * exp(-a * a));
}

/// tanh of a large number is NaN on some adapters; beyond ±10 it is ±1 in f32.
fn safe_tanh(x: Chunk) -> Chunk {
  return tanh(clamp(x, Chunk(-10.0), Chunk(10.0)));
}

fn activate(x: Chunk) -> Chunk {
  switch params.activation {
    case 1u: { return 0.5 * x * (1.0 + erf(x * 0.70710678)); }                              // gelu
    case 2u: { return 0.5 * x * (1.0 + safe_tanh(0.79788456 * (x + 0.044715 * x * x * x))); } // gelu_tanh
    case 3u: { return max(x, Chunk()); }                                                    // relu
    case 4u: { return safe_tanh(x); }                                                       // tanh
    default: { return x; }
  }
}

/// Writes one chunk of y, with what comes after the product: activation, then residual.
fn store(row: u32, o: u32, sum: Chunk) {
  if (row >= params.rows) {
    return;
  }
  let at = row * params.O + o;
  var value = activate(sum);
  if (params.has_residual == 1u) {
    value += residual[at];
  }
  y[at] = value;
}
