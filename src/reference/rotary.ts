import type { Floats } from './floats.ts'

/**
 * Rotary positions (Su et al. 2021): pairs of the first `heads` heads of each row turn, the rest is copied.
 * out, x [B, T, W]; cos, sin [angles, half], half of a head's width, angles = T for all sequences or B·T. Pairs are (j, j + half), or (2j, 2j + 1) as neighbours.
 */
export function rotary<F extends Floats>(
  out: F,
  x: F,
  cos: F,
  sin: F,
  { heads, pairs }: { heads: number; pairs: 'halves' | 'neighbours' },
  { B, T, W, half, angles }: { B: number; T: number; W: number; half: number; angles: number },
): void {
  out.set(x)
  const [step, apart] = pairs === 'halves' ? [1, half] : [2, 1]
  for (let row = 0; row < B * T; row++) {
    for (let h = 0; h < heads; h++) {
      for (let j = 0; j < half; j++) {
        const first = row * W + h * 2 * half + j * step
        const [a, b] = [x[first] as number, x[first + apart] as number]
        const angle = (row % angles) * half + j
        const [c, s] = [cos[angle] as number, sin[angle] as number]
        out[first] = a * c - b * s
        out[first + apart] = b * c + a * s
      }
    }
  }
}
