import { useCallback, useMemo } from 'react'
import { type Renumbered, renumbered } from '../../sequence/changes.ts'
import { usePerMap } from '../../views/hooks/usePerMap.ts'
import { gainAndLoss, type HeadMovement, layerMovement } from '../../viz/movement.ts'
import { type AlignedRuns, alignRuns, type Side } from './aligned.ts'

/** Below this, a head has not moved: what is left is what rounding shows. */
const NOTICEABLE = 0.005
/** So many heads are marked in the atlas. */
const MARKED = 3

export interface Change {
  runs: AlignedRuns
  /** The heads that moved noticeably, furthest first; at most three. */
  moved: readonly HeadMovement[]
  /** Of the head that moved furthest: aligned rows. */
  lost: number
  gained: number
  /** Tokens of both runs that have another position or segment now. */
  also: { positions: readonly Renumbered[]; segments: readonly Renumbered[] }
}

/** What changed from the run before the newest edit to the newest run; null where there is nothing to compare. */
export function useChange(before: Side | null, run: Side): Change | null {
  const comparable = before !== null && sameShape(before, run)
  const runs = useMemo(() => (comparable && before ? alignRuns(before, run) : null), [comparable, before, run])
  const maps = useMemo(() => run.result.attentions.map((map) => (runs && map ? map.data : null)), [run, runs])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another pair of runs has moved differently
  const known = useMemo(() => new WeakMap<Float32Array, HeadMovement[]>(), [runs])
  const layers = usePerMap(
    maps,
    known,
    useCallback(
      (map: Float32Array, layer: number) => {
        const earlier = runs?.a.result.attentions[layer]
        if (!runs || !earlier) return []
        return layerMovement(
          runs.rows,
          { map: earlier.data, tokens: runs.a.tokens.length },
          { map, tokens: runs.b.tokens.length },
          layer,
        )
      },
      [runs],
    ),
  )
  return useMemo(() => {
    if (!runs) return null
    const moved = layers
      .flatMap((heads) => heads ?? [])
      .filter(({ distance }) => distance >= NOTICEABLE)
      .sort((a, b) => b.distance - a.distance)
      .slice(0, MARKED)
    const { lost, gained } = moved[0] ? gainAndLoss(moved[0]) : { lost: 0, gained: 0 }
    return { runs, moved, lost, gained, also: renumbered(numbered(runs.a), numbered(runs.b)) }
  }, [runs, layers])
}

function numbered({ tokens, positions = [], segments }: Side) {
  return { tokens, positions, segments }
}

/** Heads can be compared one by one only within a model's shape. */
function sameShape(a: Side, b: Side): boolean {
  const heads = ({ result }: Side) => result.attentions.map((map) => map?.dims[0] ?? 0)
  const [before, after] = [heads(a), heads(b)]
  return (
    before.length === after.length && before.every((count, l) => count === 0 || after[l] === 0 || count === after[l])
  )
}
