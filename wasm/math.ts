// Functions of four numbers at once.

/** The sum of the four lanes. */
export function sum(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
}

/** The largest of the four lanes. */
export function highest(x: v128): f32 {
  const low = max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1))
  return max(low, max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)))
}

/**
 * eˣ to within 2 units in the last place, for x clamped to [−87, 88] (S. Moshier, Cephes, expf): x = n · ln 2 + r, and a
 * polynomial in r. ln 2 is taken off in two parts, the first of which is exact in few bits.
 */
export function exp(x: v128): v128 {
  const clamped = f32x4.max(f32x4.min(x, f32x4.splat(88)), f32x4.splat(-87))
  const n = f32x4.nearest(f32x4.mul(clamped, f32x4.splat(Mathf.LOG2E)))
  let r = f32x4.sub(clamped, f32x4.mul(n, f32x4.splat(0.693359375)))
  r = f32x4.add(r, f32x4.mul(n, f32x4.splat(2.1219444e-4)))
  let p = f32x4.splat(1.98756915e-4)
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.5))
  const fraction = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1))
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23)
  return f32x4.mul(fraction, power)
}

/** 1 − 2 / (e²ˣ + 1); beyond ±10 it is ±1 in f32. */
function tanh(x: v128): v128 {
  const e = exp(f32x4.mul(x, f32x4.splat(2)))
  return f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(2), f32x4.add(e, f32x4.splat(1))))
}

/** Abramowitz and Stegun 1964, 7.1.26: |error| ≤ 1.5e-7. */
function erf(x: v128): v128 {
  const a = f32x4.abs(x)
  const t = f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), f32x4.mul(a, f32x4.splat(0.3275911))))
  let p = f32x4.splat(1.061405429)
  p = f32x4.sub(f32x4.mul(p, t), f32x4.splat(1.453152027))
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1.421413741))
  p = f32x4.sub(f32x4.mul(p, t), f32x4.splat(0.284496736))
  p = f32x4.mul(f32x4.add(f32x4.mul(p, t), f32x4.splat(0.254829592)), t)
  const size = f32x4.sub(f32x4.splat(1), f32x4.mul(p, exp(f32x4.neg(f32x4.mul(a, a)))))
  return v128.or(size, v128.and(x, f32x4.splat(-0.0)))
}

/** y / (1 + e^−x) */
function sigmoid(x: v128, y: v128): v128 {
  return f32x4.div(y, f32x4.add(f32x4.splat(1), exp(f32x4.neg(x))))
}

/** The activations by their places in `ACTIVATIONS` of src/core/ops.ts. Twin: src/reference/activation.ts */
export function activate(activation: i32, x: v128): v128 {
  const half = f32x4.mul(x, f32x4.splat(0.5))
  const one = f32x4.splat(1)
  switch (activation) {
    case 1: // gelu
      return f32x4.mul(half, f32x4.add(one, erf(f32x4.mul(x, f32x4.splat(Mathf.SQRT1_2)))))
    case 2: {
      // gelu_tanh
      const cubic = f32x4.mul(f32x4.mul(f32x4.mul(x, x), x), f32x4.splat(0.044715))
      return f32x4.mul(half, f32x4.add(one, tanh(f32x4.mul(f32x4.add(x, cubic), f32x4.splat(0.79788456)))))
    }
    case 3: // relu
      return f32x4.max(x, f32x4.splat(0))
    case 4:
      return tanh(x)
    case 5: // quick_gelu
      return sigmoid(f32x4.mul(x, f32x4.splat(1.702)), x)
    case 6: // silu
      return sigmoid(x, x)
    case 7:
      return sigmoid(x, one)
    default:
      return x
  }
}
