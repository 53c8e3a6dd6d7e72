import { useCallback } from 'react'
import { usePerMap } from '../../views/hooks/usePerMap.ts'
import { type HeadStats, layerStats } from '../../viz/attention_stats.ts'

const known = new WeakMap<Float32Array, HeadStats[]>()

/** Statistics of every head by layer; null: the layer was not read back, or its turn has not come yet. */
export function useHeadStats(maps: readonly (Float32Array | null)[], tokens: number): (HeadStats[] | null)[] {
  return usePerMap(
    maps,
    known,
    useCallback((map: Float32Array, layer: number) => layerStats(map, layer, tokens), [tokens]),
  )
}
