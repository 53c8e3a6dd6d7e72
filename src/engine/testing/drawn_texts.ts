/** Texts of the embedded decoder that are drawn by a seed: the same on every backend. For tests. */

import type { Backend } from '../../core/ops.ts'
import { uniformAt } from '../../core/random.ts'
import { createModel } from '../../models/testing/create_model.ts'
import { loadFiles } from '../../models/testing/golden.ts'
import { KeptRows } from '../kept_rows.ts'
import { drawOf, type Sampling, warped } from '../sampling.ts'

export const SEEDS = [1, 2, 3, 4]
const TOKENS = 24
/** <bos>Once upon a time there was a */
const PROMPT = [1, 567, 515, 262, 444, 404, 297, 262]
/** Every stage takes part, and much of the vocabulary stays. */
const SAMPLING: Sampling = { repetitionPenalty: 1.1, temperature: 1, topK: 400, topP: 0.98, minP: 0.001 }

/** The new tokens of each seed, a row at a time. */
export async function drawnTexts(backend: Backend): Promise<number[][]> {
  const { config, weights } = await loadFiles('clsroom-gpt2')
  const model = await createModel(config, weights, backend)
  const kept = new KeptRows(model, backend)
  const session = backend.session()
  const description = { kind: backend.kind, adapter: '', software: true }
  const texts: number[][] = []
  for (const seed of SEEDS) {
    const ids = [...PROMPT]
    for (let place = 0; place < TOKENS; place++) {
      const { logits } = await kept.extend(
        session,
        {
          model: 'clsroom-gpt2',
          input: { kind: 'text', ids: [...ids] },
          capture: { attentions: false, hiddenStates: false },
          known: ids.length,
        },
        description,
      )
      const row = logits.lm?.data.slice(-4096) as Float32Array
      ids.push(drawOf(warped(row, SAMPLING, ids), uniformAt(seed, place)).token)
    }
    texts.push(ids.slice(PROMPT.length))
  }
  return texts
}
