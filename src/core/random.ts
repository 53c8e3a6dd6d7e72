/** Seeded random numbers: the same seed gives the same picture on every machine. */

const STEP = 0x6d2b79f5

/** Uniform numbers in [0, 1): mulberry32 (Tommy Ettinger, public domain). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + STEP) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** The number that `uniform(seed)` gives at a place, counted from 0: its state is a counter. */
export function uniformAt(seed: number, place: number): number {
  return uniform(seed + Math.imul(place, STEP))()
}

/** Numbers from N(0, 1), by Box and Muller (1958). */
export function normal(seed: number): () => number {
  const next = uniform(seed)
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}
