/** Sentences as vectors: each is run by itself, and its last hidden states are pooled in four ways. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { type ErrorReport, reportOf } from '../../../core/errors.ts'
import { weightedMean } from '../../../core/vectors.ts'
import { latest } from '../../../engine/latest.ts'
import type { LoadedModel } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { isContent } from '../../../sequence/token.ts'
import type { Engine } from '../../../state/engine.ts'
import { createDoc } from './doc.ts'
import { runText, type TextRun } from './run.ts'

/** attention: content tokens weighted by how much [CLS] reads them in the last layer, mean of heads. */
export const POOLINGS = ['cls', 'mean', 'max', 'attention'] as const
export type Pooling = (typeof POOLINGS)[number]

/** One vector [D] for each way of pooling. */
export type Embedding = Record<Pooling, Float32Array>

export interface SentencesState {
  /** What the embeddings are of, in the same order. */
  sentences: readonly string[]
  /** null: the sentence has no token but special ones, or could not be run. */
  embeddings: readonly (Embedding | null)[]
  problem: ErrorReport | null
  busy: boolean
}

export interface Sentences {
  store: StoreApi<SentencesState>
  request(model: LoadedModel, tokenizer: TokenizerInfo, sentences: readonly string[]): void
  /** Resolves once nothing is running or waiting. */
  idle(): Promise<void>
}

interface Wanted {
  model: LoadedModel
  tokenizer: TokenizerInfo
  sentences: readonly string[]
}

export function createSentences(engine: Pick<Engine, 'forward' | 'pieces'>): Sentences {
  const store = createStore<SentencesState>(() => ({ sentences: [], embeddings: [], problem: null, busy: false }))
  /** Editing one sentence does not run the others again. */
  let known = new Map<string, Embedding | null>()
  let of = ''
  const runs = latest<Wanted, Omit<SentencesState, 'busy'>>(
    async ({ model, tokenizer, sentences }) => {
      const kept = of === model.id ? known : new Map<string, Embedding | null>()
      const embeddings: (Embedding | null)[] = []
      for (const text of sentences) {
        const embedding = kept.has(text) ? kept.get(text) : await embed(engine, model, tokenizer, text)
        kept.set(text, embedding ?? null)
        embeddings.push(embedding ?? null)
      }
      known = new Map(sentences.map((text, s) => [text, embeddings[s] ?? null]))
      of = model.id
      return { sentences, embeddings, problem: null }
    },
    (state) => store.setState({ ...state, busy: false }),
    (thrown) => store.setState({ sentences: [], embeddings: [], problem: reportOf(thrown), busy: false }),
  )
  return {
    store,
    request(model, tokenizer, sentences) {
      store.setState({ busy: true })
      runs.request({ model, tokenizer, sentences })
    },
    idle: () => runs.idle(),
  }
}

async function embed(
  engine: Pick<Engine, 'forward' | 'pieces'>,
  model: LoadedModel,
  tokenizer: TokenizerInfo,
  text: string,
): Promise<Embedding | null> {
  const pieces = await engine.pieces(model.id, [text])
  const { maxTokens, layers } = model.info
  const doc = createDoc({ id: model.id, maxTokens, tokenizer }, [text], pieces)
  if (pieces[0]?.length === 0) return null
  return pooled(await runText(engine, model, doc, { layer: layers - 1 }), layers - 1)
}

/** The poolings of a run: three from the engine, the fourth from what it read back. */
export function pooled(run: TextRun, lastLayer: number): Embedding | null {
  const { poolings, hiddenStates, attentions } = run.result
  const { cls, mean, max } = poolings
  const last = hiddenStates.at(-1)
  const map = attentions[lastLayer]
  if (!cls || !mean || !max || !last || !map) return null
  const T = run.tokens.length
  const heads = map.dims[0] ?? 1
  const weights = run.tokens.map((token, key) => {
    if (!isContent(token) || token.status !== 'read') return 0
    let read = 0
    for (let h = 0; h < heads; h++) read += (map.data[(h * T + run.pooledRow) * T + key] as number) / heads
    return read
  })
  return {
    cls: cls.data,
    mean: mean.data,
    max: max.data,
    attention: weightedMean(last.data, last.dims.at(-1) as number, weights),
  }
}
