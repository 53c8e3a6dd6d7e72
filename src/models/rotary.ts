/** Rotary positions (Su et al. 2021, "RoFormer", §3.2.2): pair j of a head turns by position · frequency j. */

import type { Ops } from '../core/ops.ts'
import type { RotaryAngles } from './block.ts'

/** theta^(−2j / Dh) for each of the Dh / 2 pairs. */
export function rotaryFrequencies(Dh: number, theta: number): number[] {
  return Array.from({ length: Dh / 2 }, (_, j) => theta ** ((-2 * j) / Dh))
}

/** @param positions [T], or [B·T] of a batch → cosines and sines, of each Dh / 2 */
export function rotaryAngles(ops: Ops, positions: Uint32Array, frequencies: readonly number[]): RotaryAngles {
  const half = frequencies.length
  const angle = (i: number) => (positions[Math.floor(i / half)] as number) * (frequencies[i % half] as number)
  const table = (of: (angle: number) => number) =>
    ops.input(
      [positions.length, half],
      Float32Array.from({ length: positions.length * half }, (_, i) => of(angle(i))),
    )
  return { cos: table(Math.cos), sin: table(Math.sin) }
}
