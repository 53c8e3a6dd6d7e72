/** Masked language modelling on a run: how well the model finds back what stood there. */

import { rankOf, softmax, topK } from '../../../core/logits.ts'
import { isContent, type Token } from '../../../sequence/token.ts'
import type { TextRun } from './run.ts'

/** One token to be predicted, with what the model says about it. */
export interface Prediction {
  token: Token
  row: number
  /** What stood there; absent for a [MASK] that was inserted. */
  original?: { id: number; probability: number; rank: number }
  /** The best words with their probabilities. */
  best: { id: number; probability: number }[]
}

/** Every [MASK] and every replaced content token of a run, in order. */
export function predictionsOf(run: TextRun, count: number): Prediction[] {
  const { mlm } = run.result.logits
  if (!mlm) return []
  const V = mlm.dims.at(-1) as number
  return run.mlmRows.flatMap((row, m) => {
    const token = run.tokens[row]
    if (!token) return []
    const probabilities = softmax(mlm.data, m * V, V)
    const id = token.original && isContent(token.original) ? token.original.id : null
    const best = topK(probabilities, count).map(({ index, value }) => ({ id: index, probability: value }))
    if (id === null) return [{ token, row, best }]
    const original = { id, probability: probabilities[id] as number, rank: rankOf(probabilities, id) }
    return [{ token, row, original, best }]
  })
}

export interface Score {
  /** Predicted tokens with an original. */
  tokens: number
  accuracy: number
  /** Share whose original is among the five best. */
  top5: number
  /**
   * exp of the mean −log p(original) over the predicted positions. All are predicted at once, unlike the pseudo-perplexity
   * of Salazar et al. 2020, which masks one position at a time.
   */
  perplexity: number
}

/** @returns null where nothing has an original */
export function scoreOf(predictions: readonly Prediction[]): Score | null {
  const originals = predictions.flatMap(({ original }) => original ?? [])
  if (originals.length === 0) return null
  const share = (most: number) => originals.filter(({ rank }) => rank <= most).length / originals.length
  const logs = originals.reduce((sum, { probability }) => sum - Math.log(probability), 0)
  return {
    tokens: originals.length,
    accuracy: share(1),
    top5: share(5),
    perplexity: Math.exp(logs / originals.length),
  }
}

/** The tokens that a query reads most in a layer, by the mean of its heads. @param map [H, T, T] */
export function mostRead(map: Float32Array, tokens: number, query: number, count: number) {
  const heads = map.length / (tokens * tokens)
  const mean = new Float64Array(tokens)
  for (let h = 0; h < heads; h++) {
    for (let k = 0; k < tokens; k++) {
      mean[k] = (mean[k] as number) + (map[(h * tokens + query) * tokens + k] as number) / heads
    }
  }
  return topK(mean, count)
}
