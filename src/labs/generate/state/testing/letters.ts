/** A decoder of letters, run for real: the golden gpt2-lm on the CPU twins, and a tokenizer whose every letter is a piece. For tests. */

import type { Piece } from '../../../../core/tokens.ts'
import { runForward } from '../../../../engine/forward.ts'
import { KeptRows } from '../../../../engine/kept_rows.ts'
import type { ExtendRequest, ForwardRequest, LoadedModel } from '../../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../../engine/reader_protocol.ts'
import { createModel } from '../../../../models/testing/create_model.ts'
import { load } from '../../../../models/testing/golden.ts'
import { createCpuBackend } from '../../../../reference/backend.ts'
import type { Engine } from '../../../../state/engine.ts'

const V = 67
const LABELS = Array.from(
  { length: V },
  (_, id) => ['<pad>', '<bos>', '<eos>', '<eosent>'][id] ?? String.fromCharCode(93 + id),
)
const special = (id: number) => ({ id, label: LABELS[id] as string })
const CPU = { kind: 'cpu', adapter: '', software: true } as const

/** Its opening is BOS; `a` is id 4. */
export const TOKENIZER: TokenizerInfo = {
  specials: { pad: special(0), bos: special(1), eos: special(2), eosent: special(3) },
  labels: LABELS,
  opening: [1],
}

/** One piece a letter, from `a` on. */
export function lettersOf(text: string): Piece[] {
  return [...text].map((letter, i) => {
    const id = LABELS.indexOf(letter)
    return { id, label: letter, text: letter, start: i, end: i + 1 }
  })
}

/** An engine with that one model, and what was asked of it. */
export async function letterEngine(tokenizer: TokenizerInfo = TOKENIZER, endTokens: number[] = []) {
  const { config, weights } = await load('gpt2-lm')
  const backend = createCpuBackend()
  const model = await createModel(config, weights, backend)
  const session = backend.session()
  const kept = new KeptRows(model, backend)
  const info = { ...model.info, generates: { endTokens } }
  const loaded = { id: 'gpt2-lm', name: 'gpt2-lm', source: 'embedded', info } as LoadedModel
  const asked: { forwards: number; rows: number[] } = { forwards: 0, rows: [] }
  const engine = {
    load: async () => loaded,
    tokenizer: async () => tokenizer,
    pieces: async (_: string, texts: string[]) => texts.map(lettersOf),
    async forward(request: ForwardRequest) {
      asked.forwards++
      return runForward(model, session, request, CPU)
    },
    async extend(request: ExtendRequest) {
      const result = await kept.extend(session, request, CPU)
      asked.rows.push(result.tokens - result.kept)
      return result
    },
    store: { getState: () => ({ models: { 'gpt2-lm': loaded } }) },
  } as unknown as Engine
  return { engine, model: loaded, asked }
}
