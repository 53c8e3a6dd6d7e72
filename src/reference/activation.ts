import type { Activation } from '../core/ops.ts'

/**
 * The error function by W. J. Cody's rational approximations (Math. Comp. 23, 1969; the ranges |x| < 0.46875 and < 4).
 * Beyond 4 it is ±1 to within 1.6e-8.
 */
export function erf(x: number): number {
  const a = Math.abs(x)
  if (a >= 4) return Math.sign(x)
  if (a < 0.46875) {
    const s = x * x
    const p = (((0.18577770618460315 * s + 3.1611237438705655) * s + 113.86415415105016) * s + 377.485237685302) * s
    const q = (((s + 23.601290952344122) * s + 244.02463793444417) * s + 1282.6165260773723) * s
    return (x * (p + 3209.3775891384694)) / (q + 2844.236833439171)
  }
  let p = 2.1531153547440383e-8
  let q = 1
  for (const [pi, qi] of COEFFICIENTS) {
    p = p * a + pi
    q = q * a + qi
  }
  return Math.sign(x) * (1 - (Math.exp(-a * a) * p) / q)
}

const COEFFICIENTS: readonly (readonly [p: number, q: number])[] = [
  [0.5641884969886701, 15.744926110709835],
  [8.883149794388377, 117.6939508913125],
  [66.11919063714163, 537.1811018620099],
  [298.6351381974001, 1621.3895745666903],
  [881.952221241769, 3290.7992357334597],
  [1712.0476126340707, 4362.619090143247],
  [2051.0783778260716, 3439.3676741437216],
  [1230.3393547979972, 1230.3393548037495],
]

/** Each activation by name: gelu is exact (Hendrycks and Gimpel 2016), gelu_tanh is transformers' `gelu_new`, quick_gelu is CLIP's. */
export const ACTIVATIONS: Record<Activation, (x: number) => number> = {
  none: (x) => x,
  gelu: (x) => 0.5 * x * (1 + erf(x * Math.SQRT1_2)),
  gelu_tanh: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  relu: (x) => Math.max(x, 0),
  tanh: Math.tanh,
  quick_gelu: (x) => x / (1 + Math.exp(-1.702 * x)),
  silu: (x) => x / (1 + Math.exp(-x)),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
}
