/**
 * Variations of a document, run beside the shown run: what if this token were masked, that head silent? Each is a forward
 * with a snapshot of its own. The newest request wins; one that was overtaken stops between two forwards and is not shown.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { type ErrorReport, reportOf } from '../../../core/errors.ts'
import { latest } from '../../../engine/latest.ts'
import type { LoadedModel } from '../../../engine/protocol.ts'
import type { Engine } from '../../../state/engine.ts'
import type { TextDoc } from './doc.ts'
import { type Capture, runText, type TextRun } from './run.ts'

/** Documents by the names that their runs get. */
export type Variants = Readonly<Record<string, TextDoc>>

export interface VariationsState {
  /** What the runs below are of; null before the first and after `stop`. */
  of: Variants | null
  runs: Readonly<Record<string, TextRun>>
  /** Why a variant has no run: nothing is left to run, say. */
  problems: Readonly<Record<string, ErrorReport>>
  busy: boolean
}

export interface Variations {
  store: StoreApi<VariationsState>
  request(model: LoadedModel, variants: Variants): void
  /** Gives up what runs or waits, and forgets what was run. */
  stop(): void
  /** Resolves once nothing is running or waiting. */
  idle(): Promise<void>
}

const NOTHING: VariationsState = { of: null, runs: {}, problems: {}, busy: false }

export function createVariations(engine: Pick<Engine, 'forward'>, capture: Capture = 'answers'): Variations {
  const store = createStore<VariationsState>(() => NOTHING)
  const runs = latest<{ model: LoadedModel; variants: Variants } | null, VariationsState>(
    async (request, overtaken) => {
      if (!request) return NOTHING
      const { model, variants } = request
      const done: Record<string, TextRun> = {}
      const problems: Record<string, ErrorReport> = {}
      for (const [name, doc] of Object.entries(variants)) {
        if (overtaken()) break
        try {
          done[name] = await runText(engine, model, doc, capture)
        } catch (thrown) {
          problems[name] = reportOf(thrown)
        }
      }
      return { of: variants, runs: done, problems, busy: false }
    },
    (state) => store.setState(state),
    () => store.setState(NOTHING),
  )
  return {
    store,
    request(model, variants) {
      store.setState({ busy: true })
      runs.request({ model, variants })
    },
    stop: () => runs.request(null),
    idle: () => runs.idle(),
  }
}
