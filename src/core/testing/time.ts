/**
 * Time in tests. What a machine is busy with besides makes any one measurement long, so nothing here is compared with a clock
 * alone: work is compared with the same work on less, and a limit counts only where it is passed every time. For tests.
 */

import { readFileSync } from 'node:fs'

/** The shortest of these is the one that was disturbed least. */
const REPEATS = 5
/** Below it a clock that is coarse, and what the compiler has left to do, weigh more than the work. */
const FLOOR_MS = 1

/** Far enough apart that caches and the collector of garbage do not make work in proportion look like its square. */
const SPREAD = 16

/**
 * The power of the size with which the time of some work grows: about 1 where it is in proportion, 2 for the square. Work that is
 * over in no time looks better than it is.
 * @param size the work is measured at, and at a part of; e.g. tokens
 * @param prepare makes ready the work on that much, and is not measured
 */
export function orderOfGrowth(size: number, prepare: (size: number) => () => void): number {
  // The part is done as often as it fits into the whole: work in proportion takes as long either way, and what disturbs disturbs
  // both alike.
  const [part, whole] = [prepare(size / SPREAD), prepare(size)]
  const parts = shortest(() => {
    for (let i = 0; i < SPREAD; i++) part()
  })
  return 1 + Math.log(shortest(whole) / Math.max(parts, FLOOR_MS)) / Math.log(SPREAD)
}

/** Milliseconds of the shortest run of `work`. */
function shortest(work: () => void): number {
  return Math.min(...Array.from({ length: REPEATS }, () => timed(work)))
}

function timed(work: () => void): number {
  const began = computedMs()
  work()
  return computedMs() - began
}

/**
 * Milliseconds for which this thread has computed: what other work takes from it is left out. Where the system does not tell, as
 * outside of Linux, those of a clock.
 */
function computedMs(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6
  } catch {
    return performance.now()
  }
}

/** Runs `work`, and where it takes more than `limitMs`, once more. @returns what it gave, and whether it was too long twice */
export async function withinTwice<T>(
  limitMs: number,
  work: () => T | Promise<T>,
): Promise<{ result: T; hangs: boolean }> {
  for (let attempt = 1; ; attempt++) {
    const began = performance.now()
    const result = await work()
    const long = performance.now() - began > limitMs
    if (!long || attempt === 2) return { result, hangs: long }
  }
}
