import { useEffect, useMemo, useReducer } from 'react'

/** Values of a run that are worked out before it is drawn, a few milliseconds' worth. */
const AT_ONCE = 500_000

/**
 * Something worked out of each map of a run, once a map. Small runs have it at once; in large ones a map comes in each turn
 * of the event loop, so that input and drawing come between. null: no map, or its turn has not come yet.
 * @param maps by layer
 * @param known what was worked out before, by the maps, which nobody changes
 * @param compute memoised, or a constant
 */
export function usePerMap<Value>(
  maps: readonly (Float32Array | null)[],
  known: WeakMap<Float32Array, Value>,
  compute: (map: Float32Array, layer: number) => Value,
): (Value | null)[] {
  const [turn, redraw] = useReducer((turn: number) => turn + 1, 0)
  const size = maps.reduce((sum, map) => sum + (map?.length ?? 0), 0)
  if (size <= AT_ONCE) {
    for (const [layer, map] of maps.entries()) if (map && !known.has(map)) known.set(map, compute(map, layer))
  }

  useEffect(() => {
    const open = [...maps.entries()].filter(([, map]) => map && !known.has(map))
    let timer: ReturnType<typeof setTimeout>
    const next = () => {
      const [layer, map] = open.shift() ?? []
      if (layer === undefined || !map) return redraw()
      if (!known.has(map)) known.set(map, compute(map, layer))
      timer = setTimeout(next)
    }
    if (open.length > 0) timer = setTimeout(next)
    return () => clearTimeout(timer)
  }, [maps, known, compute])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` says that there is more in `known`
  return useMemo(() => maps.map((map) => (map ? (known.get(map) ?? null) : null)), [maps, known, turn])
}
