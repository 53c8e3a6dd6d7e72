/**
 * Runs beside the shown one: the same sight under another document, or in another model. A variation is a VisionRun with
 * its own snapshot, so what is drawn of it names what made it.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { type ErrorReport, reportOf } from '../../../core/errors.ts'
import { latest } from '../../../engine/latest.ts'
import type { ForwardRequest } from '../../../engine/protocol.ts'
import { DEFAULT_MASK } from '../../../sequence/mask.ts'
import type { Engine } from '../../../state/engine.ts'
import { atSide, runVision, unedited, type VisionDoc, type VisionRun } from './run.ts'
import { nearestSide } from './side.ts'

type Capture = Partial<ForwardRequest['capture']>

/** The run's sight under a changed document. */
export function vary(
  engine: Pick<Engine, 'forward'>,
  run: VisionRun,
  change: Partial<VisionDoc>,
  capture?: Capture,
): Promise<VisionRun> {
  const { model } = run
  const doc = { ...run.doc, ...change }
  const sight = doc.side === run.doc.side ? run : atSide(run, doc.side, model)
  return runVision(engine, { model, doc, sight, layer: 0 }, capture)
}

/** The run's sight in a model as it was trained: its own registers, nothing edited. */
export async function runUnedited(engine: Engine, id: string, run: VisionRun, capture?: Capture): Promise<VisionRun> {
  const model = await engine.load(id)
  // Models differ in the resolution they were trained at.
  const side = run.doc.side === null ? null : nearestSide(model.info, run.doc.side)
  const base = unedited(model, side)
  const { maskToken: _, ...shown } = run.doc
  const doc: VisionDoc = {
    ...shown,
    model: model.id,
    side,
    sequence: base,
    base,
    mask: DEFAULT_MASK,
    ablated: [],
    positionTable: { type: 'trained', interpolation: 'bicubic' },
  }
  return runVision(engine, { model, doc, sight: atSide(run, side, model), layer: 0 }, capture)
}

export interface BesideState<Result> {
  /** The newest that is there; it holds what it was made of. */
  result: Result | null
  problem: ErrorReport | null
  busy: boolean
}

export interface Beside<Input, Result> {
  store: StoreApi<BesideState<Result>>
  request(input: Input): void
}

/** Keeps something that takes runs of its own up to date with its input: the newest wins, what was overtaken is not shown. */
export function createBeside<Input, Result>(
  work: (input: Input, overtaken: () => boolean) => Promise<Result>,
): Beside<Input, Result> {
  const store = createStore<BesideState<Result>>(() => ({ result: null, problem: null, busy: false }))
  const runs = latest<Input, Result>(
    work,
    (result) => store.setState({ result, problem: null, busy: false }),
    (thrown) => store.setState({ result: null, problem: reportOf(thrown), busy: false }),
  )
  return {
    store,
    request(input) {
      store.setState({ busy: true })
      runs.request(input)
    },
  }
}
