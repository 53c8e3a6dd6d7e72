/** What takes the place of memory rows' states before a layer. */

import { normal } from '../../../../core/random.ts'
import type { MemoryStates } from '../../../../engine/protocol.ts'
import type { Replaced } from './replacement.ts'
import type { MemoryRun } from './run.ts'

/** The states [M, D] of a run's memory before a layer. */
export function statesAt({ result, slots, model }: MemoryRun, layer: number): Float32Array {
  const states = result.hiddenStates[layer]?.data ?? new Float32Array()
  return states.slice(0, slots * model.info.width) as Float32Array
}

/**
 * @param own the states [M, D] that the input itself comes to
 * @param from those of other inputs: all of them for the mean, one of another answer
 */
export function withReplacement(
  { by, layer, slots }: Replaced,
  D: number,
  own: Float32Array,
  from: { all: readonly Float32Array[]; other: Float32Array },
): MemoryStates {
  const there = slots.filter((slot) => (slot + 1) * D <= own.length)
  const data = new Float32Array(there.length * D)
  there.forEach((slot, i) => {
    const at = (states: Float32Array) => states.subarray(slot * D, (slot + 1) * D)
    const vector = {
      zeros: () => new Float32Array(D),
      other: () => at(from.other),
      noise: () => noiseLike(at(own), slot + 1),
      mean: () => meanOf(from.all.map(at), D),
    }[by]()
    data.set(vector, i * D)
  })
  return { layers: [layer], slots: there, rows: { dims: [there.length, D], data } }
}

/** A direction by lot, as long as the state. */
function noiseLike(state: Float32Array, seed: number): Float32Array {
  const next = normal(seed)
  const noise = Float32Array.from(state, next)
  const scale = Math.hypot(...state) / Math.hypot(...noise)
  return noise.map((value) => value * scale)
}

function meanOf(states: readonly Float32Array[], D: number): Float32Array {
  return Float32Array.from({ length: D }, (_, d) => {
    let sum = 0
    for (const state of states) sum += state[d] as number
    return states.length > 0 ? sum / states.length : 0
  })
}
