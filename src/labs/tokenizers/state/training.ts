/** The columns of our own: trained in a worker, kind after kind, kept for when an edit is undone. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { type ErrorReport, reportOf } from '../../../core/errors.ts'
import { TokenizerWorker } from '../../../tokenizers/client.ts'
import type { TrainedKind } from '../../../tokenizers/protocol.ts'
import type { Kind, Recipe } from '../../../tokenizers/recipe.ts'

/** What a recipe made of a text. */
export interface Trained {
  recipe: Recipe
  text: string
  kinds: ReadonlyMap<Kind, TrainedKind | { problem: ErrorReport }>
}

export interface TrainingState {
  status: 'idle' | 'running' | 'stopped'
  /** What is trained now, and how far it is. */
  kind: Kind | null
  done: number
  total: number
}

const IDLE: TrainingState = { status: 'idle', kind: null, done: 0, total: 0 }
const KEPT = 24

export interface Training {
  store: StoreApi<TrainingState>
  /** The newest asked for wins. @returns null where it was overtaken or stopped */
  bring(text: string, recipe: Recipe, kinds: readonly Kind[]): Promise<Trained | null>
  stop(): void
}

export function createTraining(): Training {
  const store = createStore<TrainingState>(() => IDLE)
  const worker = new TokenizerWorker()
  const kept = new Map<string, TrainedKind>()
  let turn = 0
  let running = false

  function end(status: TrainingState['status']): void {
    turn++
    if (running) worker.stop()
    running = false
    store.setState({ ...IDLE, status })
  }

  async function one(kind: Kind, recipe: Recipe, text: string): Promise<TrainedKind> {
    const key = JSON.stringify([kind, recipe, text])
    const known = kept.get(key)
    if (known) return known
    running = true
    store.setState({ status: 'running', kind, done: 0, total: recipe.vocabularySize })
    const made = await worker.call('train', { kind, recipe, text }, (done, total) =>
      store.setState({ status: 'running', kind, done, total }),
    )
    kept.set(key, made)
    const oldest = kept.keys().next().value
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
    return made
  }

  return {
    store,
    async bring(text, recipe, wanted) {
      end('idle')
      const mine = turn
      const kinds = new Map<Kind, TrainedKind | { problem: ErrorReport }>()
      for (const kind of wanted) {
        try {
          kinds.set(kind, await one(kind, recipe, text))
        } catch (thrown) {
          kinds.set(kind, { problem: reportOf(thrown) })
        }
        if (mine !== turn) return null
      }
      running = false
      store.setState(IDLE)
      return { recipe, text, kinds }
    },
    stop: () => end('stopped'),
  }
}
