// What a layer does to its sums. Included by every kernel with an activation. Its numbers are the places in `ACTIVATIONS` of
// src/core/ops.ts. Twin: src/reference/activation.ts

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

/// 1 / (1 + e^−x); beyond ±87 e^−x would not be a number, and the sigmoid is 0 or 1 in f32 long before.
fn sigmoid(x: Chunk) -> Chunk {
  return 1.0 / (1.0 + exp(-clamp(x, Chunk(-87.0), Chunk(87.0))));
}

fn activate(x: Chunk) -> Chunk {
  switch params.activation {
    case 1u: { return 0.5 * x * (1.0 + erf(x * 0.70710678)); }                              // gelu
    case 2u: { return 0.5 * x * (1.0 + safe_tanh(0.79788456 * (x + 0.044715 * x * x * x))); } // gelu_tanh
    case 3u: { return max(x, Chunk()); }                                                    // relu
    case 4u: { return safe_tanh(x); }                                                       // tanh
    case 5u: { return x * sigmoid(1.702 * x); }                                             // quick_gelu
    case 6u: { return x * sigmoid(x); }                                                     // silu
    case 7u: { return sigmoid(x); }                                                         // sigmoid
    default: { return x; }
  }
}
