/** Several variations of one vision run, by name: what if its positions were shuffled, the input smaller, a patch gone? */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { type ErrorReport, reportOf } from '../../../core/errors.ts'
import { latest } from '../../../engine/latest.ts'
import type { Engine } from '../../../state/engine.ts'
import type { VisionDoc, VisionRun } from './run.ts'
import { vary } from './variations.ts'

export type VisionVariants = Readonly<Record<string, Partial<VisionDoc>>>

/** Whose sight the variants share, and what each changes. */
export interface VariantsRequest {
  of: VisionRun
  variants: VisionVariants
}

export interface VariantRuns {
  request: VariantsRequest | null
  /** Those that are there already: each comes as soon as it has run. */
  runs: Readonly<Record<string, VisionRun>>
  /** Why a variant has no run. */
  problems: Readonly<Record<string, ErrorReport>>
}

/** Answers only: neither maps nor hidden states are read back. */
const ANSWERS = { attentions: false, hiddenStates: false }

/** Runs variants one after the other; the newest request wins, and one that was overtaken stops between two forwards. */
export function createVariants(engine: Pick<Engine, 'forward'>): {
  store: StoreApi<VariantRuns>
  request(request: VariantsRequest): void
  idle(): Promise<void>
} {
  const store = createStore<VariantRuns>(() => ({ request: null, runs: {}, problems: {} }))
  const work = latest<VariantsRequest, void>(
    async (request, overtaken) => {
      store.setState({ request, runs: {}, problems: {} })
      for (const [name, change] of Object.entries(request.variants)) {
        if (overtaken()) return
        try {
          const run = await vary(engine, request.of, change, ANSWERS)
          store.setState(({ runs }) => ({ runs: { ...runs, [name]: run } }))
        } catch (thrown) {
          store.setState(({ problems }) => ({ problems: { ...problems, [name]: reportOf(thrown) } }))
        }
      }
    },
    () => {},
    () => {},
  )
  return { store, request: work.request, idle: work.idle }
}
