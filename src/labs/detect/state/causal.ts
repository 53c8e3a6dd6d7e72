/** What one query owes to each other one: the same run with that one masked. */

import type { Engine } from '../../../state/engine.ts'
import type { Step } from '../../../state/job.ts'
import { iou } from './boxes.ts'
import { type DetectRun, probabilityOf, queryReads, runDetect } from './run.ts'

export interface Effect {
  /** The other query's row. */
  row: number
  /** What the chosen query reads of it, in the layer and head on screen. */
  share: number
  /** The probability of the chosen query's class, now and with the other masked. */
  from: number
  to: number
  /** Of the chosen query's boxes, now and then. */
  iou: number
}

export async function effectsOn(
  engine: Pick<Engine, 'forward' | 'weights'>,
  run: DetectRun,
  {
    row,
    layer,
    head,
    drawings,
  }: { row: number; layer: number; head: number | 'mean'; drawings: DetectRun['picture'] | null },
  step: Step<Effect[]>,
): Promise<Effect[]> {
  const effects: Effect[] = []
  const chosen = run.detections[row]
  const reads = queryReads(run, row, layer, head)
  if (!chosen) return effects
  const others = run.asking.map((_, other) => other).filter((other) => other !== row)
  for (const [done, other] of others.entries()) {
    if (!step(done, others.length, [...effects])) return effects
    const queries = run.doc.queries.map((query, place) =>
      place === run.asking[other]?.place ? { ...query, status: 'masked' as const } : query,
    )
    const { model, photo } = run
    const varied = await runDetect(
      engine,
      { model, photo, drawings, layer, doc: { ...run.doc, queries } },
      { attentions: false, decoderAttentions: false, crossAttentions: false, layerAnswers: false },
    )
    effects.push({
      row: other,
      share: reads?.queries[other] ?? Number.NaN,
      from: probabilityOf(run, row, chosen.label),
      to: probabilityOf(varied, row, chosen.label),
      iou: iou(chosen.box, varied.detections[row]?.box ?? chosen.box),
    })
  }
  return effects
}
