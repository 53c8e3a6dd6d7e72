/**
 * Reach, checked in the engine: one token's vector is replaced by noise, and what stands in every row after each layer is compared. Where
 * the masks let nothing through, not one bit may differ.
 */

import { maskBit } from '../../../core/mask.ts'
import type { Engine } from '../../../state/engine.ts'
import type { Step } from '../../../state/job.ts'
import { anyHead, reachByLayer } from './reach.ts'
import type { MasksRun } from './run.ts'

export interface ReachCheck {
  /** The perturbed row. */
  row: number
  /** By layer, the input first. */
  layers: {
    /** Rows that the input can have reached, and those among them that moved. */
    reached: number
    moved: number
    /** Rows that it cannot have reached, and the largest change of a number in there. */
    unreached: number
    leak: number
  }[]
}

/** As long as trained vectors are, roughly: any other vector serves. */
const NOISE = { type: 'normal' as const, seed: 20, std: 0.05 }

export async function checkReach(
  engine: Pick<Engine, 'forward'>,
  run: MasksRun,
  row: number,
  step: Step<ReachCheck>,
): Promise<ReachCheck> {
  const { request, info, tokens } = run
  const T = tokens.length
  const extras = request.input.extras ?? []
  const ids = request.input.ids.with(row, (info.vocabulary ?? 0) + extras.length)
  const capture = { attentions: false, hiddenStates: true }
  step(0, 2)
  const before = await engine.forward({ ...request, capture })
  step(1, 2)
  const after = await engine.forward({
    ...request,
    input: { ...request.input, ids, extras: [...extras, NOISE] },
    capture,
  })
  step(2, 2)
  const steps = reachByLayer(anyHead(request.mask, info, T), T)
  const sources = sourcesOf(run, row)
  return {
    row,
    layers: steps.map((reach, layer) => {
      const [a, b] = [before.hiddenStates[layer]?.data ?? [], after.hiddenStates[layer]?.data ?? []]
      const found = { reached: 0, moved: 0, unreached: 0, leak: 0 }
      for (let q = 0; q < T; q++) {
        const apart = furthest(a, b, q * info.width, info.width)
        if (sources.some((source) => maskBit(reach, T, q, source))) {
          found.reached++
          if (apart > 0) found.moved++
        } else {
          found.unreached++
          found.leak = Math.max(found.leak, apart)
        }
      }
      return found
    }),
  }
}

/** The perturbed row, and where it is content those that start from the mean of all content: their input changes with it. */
function sourcesOf({ tokens, request }: MasksRun, row: number): number[] {
  const counts = request.contentRows?.[row] === 1
  const means = tokens.flatMap(({ start }, r) => (counts && start?.type === 'mean' ? [r] : []))
  return [row, ...means]
}

function furthest(a: ArrayLike<number>, b: ArrayLike<number>, from: number, width: number): number {
  let most = 0
  for (let i = from; i < from + width; i++) most = Math.max(most, Math.abs((b[i] as number) - (a[i] as number)))
  return most
}
