import { useMemo } from 'react'
import type { Kind } from '../../../core/tokens.ts'
import { type LayerRead, layerReads, meanShares, mostReadKey } from '../../../viz/layer_reads.ts'

/** What the figure asks of a run of either lab. */
interface ReadRun {
  /** By layer, [H, T, T]; null where a layer was not read back. */
  result: { attentions: readonly ({ data: Float32Array } | null)[] }
  tokens: readonly { kind: Kind; status: string }[]
}

export interface Reads {
  /** By layer; null where it was not read back. */
  reads: (LayerRead | null)[]
  /** [T]: the mean over the layers. */
  shares: ReturnType<typeof meanShares>
  /** The key that is read most, the token itself aside. */
  most: number | null
  /** The keys that a causal check can mask: all that are read, the token itself aside. */
  all: number[]
}

/** What the token of a row reads in every layer, by the mean of the heads or one of them. */
export function useReads(run: ReadRun, row: number, head: number | 'mean'): Reads {
  return useMemo(() => {
    const maps = run.result.attentions.map((map) => map?.data ?? null)
    const kinds = run.tokens.map(({ kind }) => kind)
    const reads = layerReads(maps, kinds, row, head)
    const shares = meanShares(reads, kinds.length)
    const all = run.tokens.flatMap(({ status }, key) => (status === 'read' && key !== row ? [key] : []))
    return { reads, shares, most: mostReadKey(shares, row), all }
  }, [run, row, head])
}
