/** One run of the lab: every strategy planned, and the shown batch of the chosen one in a forward. */

import { ClsroomError } from '../../../core/errors.ts'
import type { Piece } from '../../../core/tokens.ts'
import type { BatchResult, LoadedModel, ModelInfo, WantedHeads } from '../../../engine/protocol.ts'
import type { Engine } from '../../../state/engine.ts'
import type { LabRun } from '../../../state/lab.ts'
import { type Assembled, assemble } from './assemble.ts'
import { type LossRows, lossRows } from './experiments/loss_mask.ts'
import { MOST_EXACT } from './packing.ts'
import type { Plan, PlanNumbers } from './plan.ts'
import type { Planner } from './planner.ts'
import { type BatchModel, sequenceOf, type TokenSequence } from './sequences.ts'
import type { BatchDoc } from './settings.ts'

export interface BatchRun extends LabRun {
  doc: BatchDoc
  /** What the tokenizer made of each line. */
  pieces: readonly Piece[][]
  model: BatchModel
  info: ModelInfo
  sequences: TokenSequence[]
  lengths: number[]
  plan: Plan
  /** Of every strategy that can be planned. */
  numbers: PlanNumbers[]
  /** How long it took to plan them, off the page's thread. */
  planMs: number
  /** The shown batch. */
  batch: number
  assembled: Assembled
  result: BatchResult
  /** The heads whose map was read back; none where it would be too large. */
  maps: { layer: number; head: number | 'mean' } | null
  /** The loss of every target; null where its tool is not open, or the model does not write. */
  losses: LossRows | null
}

/** What is looked at of a run. */
export interface Shown {
  batch: number
  layer: number
  head: number | 'mean'
  tool: string
}

/** Whether the tool is open that shows a loss for every target. */
export function showsLosses({ causal, closing }: BatchModel, tool: string): boolean {
  return tool === 'loss' && causal && closing.length > 0
}

/** Numbers of attention maps that are read back at once, at most: 64 MB. */
const MOST_MAPPED = 16_000_000

export async function runPlan(
  { engine, planner }: { engine: Pick<Engine, 'batch'>; planner: Planner },
  { info }: Pick<LoadedModel, 'info'>,
  model: BatchModel,
  doc: BatchDoc,
  pieces: readonly Piece[][],
  shown: Shown,
): Promise<BatchRun> {
  if (doc.strategy === 'exact' && pieces.length > MOST_EXACT) {
    throw new ClsroomError('input', 'The exact search takes too long for so many sequences', {
      found: `${pieces.length} sequences`,
      expected: `at most ${MOST_EXACT}`,
      advice: 'Take fewer lines, or best fit decreasing, which is seldom a row behind',
    })
  }
  const capacity = Math.min(doc.settings.capacity, model.maxTokens)
  const settings = { ...doc.settings, capacity }
  const sequences = pieces.map((line, i) => sequenceOf(model, line, i, { capacity, closed: doc.separator }))
  const lengths = sequences.map(({ tokens }) => tokens.length)
  const { plan, numbers, ms } = await planner({ lengths, settings, strategy: doc.strategy })
  const batch = Math.min(shown.batch, plan.batches.length - 1)
  const planned = plan.batches[batch]
  if (!planned) throw new ClsroomError('internal', 'a plan of no batches was run')
  const assembled = assemble(model, planned, sequences, doc)
  const maps = mapsOf(info, shown, assembled)
  const result = await engine.batch({ ...assembled.request, attentions: maps ? headsOf(info, maps) : false })
  const losses = showsLosses(model, shown.tool) ? await lossRows(engine, { model, sequences, assembled }) : null
  return {
    doc,
    pieces,
    model,
    info,
    sequences,
    lengths,
    plan,
    numbers,
    planMs: ms,
    batch,
    assembled,
    result,
    maps: maps && { layer: maps.layer, head: maps.head },
    losses,
  }
}

/** Which maps are small enough to be read back. */
function mapsOf({ heads }: ModelInfo, shown: Shown, { rows, width }: Assembled): Shown | null {
  return rows * width * width * (shown.head === 'mean' ? heads : 1) <= MOST_MAPPED ? shown : null
}

function headsOf({ heads }: ModelInfo, { layer, head }: { layer: number; head: number | 'mean' }): WantedHeads {
  if (head !== 'mean') return [[layer, head]]
  return Array.from({ length: heads }, (_, h) => [layer, h] as [number, number])
}

/** Every head where that is little, else those of one layer. */
export function mapsWithin(info: ModelInfo, rows: number, width: number, layer: number): WantedHeads {
  const all = rows * width * width * info.heads * info.layers
  return all <= MOST_MAPPED ? true : headsOf(info, { layer, head: 'mean' })
}

/** The shown map of a row of the batch, [width, width], heads averaged; null where none was read back. */
export function mapOfRow({ result, assembled: { width }, maps }: BatchRun, row: number): Float32Array | null {
  const map = maps && result.attentions[maps.layer]
  if (!map) return null
  const heads = map.dims[1] as number
  const cells = width * width
  const mean = new Float32Array(cells)
  for (let h = 0; h < heads; h++) {
    const from = (row * heads + h) * cells
    for (let i = 0; i < cells; i++) mean[i] = (mean[i] as number) + (map.data[from + i] as number) / heads
  }
  return mean
}
