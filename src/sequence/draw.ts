/** Seeded choice, shared by patch dropping and masked language modelling. */

import { ClsroomError } from '../core/errors.ts'

/** How many of `total` a ratio is, rounded. @throws ClsroomError `input` outside 0 to 1 */
export function share(total: number, ratio: number): number {
  if (ratio >= 0 && ratio <= 1) return Math.round(total * ratio)
  throw new ClsroomError('input', 'A ratio is out of range', { found: String(ratio), expected: 'a number from 0 to 1' })
}

/**
 * `count` of the numbers 0 … total − 1 in random order, without replacement (Fisher & Yates).
 * @param next uniform numbers in [0, 1)
 */
export function sample(total: number, count: number, next: () => number): number[] {
  const numbers = Array.from({ length: total }, (_, i) => i)
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(next() * (total - i))
    const drawn = numbers[j] as number
    numbers[j] = numbers[i] as number
    numbers[i] = drawn
  }
  return numbers.slice(0, count)
}
