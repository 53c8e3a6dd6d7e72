/**
 * Texts of the embedded decoder with the snippets that "copy as Python" gives for them, for the test of the snippets
 * (training/golden/test_snippets.py). Node only: scripts/snippet_cases.mjs calls it.
 */

import { readFile } from 'node:fs/promises'
import { runForward } from '../../../../engine/forward.ts'
import { KeptRows } from '../../../../engine/kept_rows.ts'
import type { ExtendRequest, ForwardRequest, LoadedModel } from '../../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../../engine/reader_protocol.ts'
import { parseSafetensors } from '../../../../loaders/safetensors.ts'
import { loadTokenizer } from '../../../../loaders/tokenizer.ts'
import { createModel } from '../../../../models/testing/create_model.ts'
import { createCpuBackend } from '../../../../reference/backend.ts'
import { setStatus } from '../../../../sequence/edit.ts'
import type { Engine } from '../../../../state/engine.ts'
import { createGenerateLab, type GenerateLab } from '../lab.ts'
import { snippetOf } from '../python.ts'

const CPU = { kind: 'cpu', adapter: 'CPU reference kernels', software: true } as const

interface SnippetCase {
  name: string
  code: string
  /** Ids of the prompt and of what was written. */
  sequence: number[]
  /** The snippet says that it leaves something out. */
  differs: boolean
}

/** @param folder the model's files */
export async function snippetCases(folder: string, id: string): Promise<SnippetCase[]> {
  const text = (name: string) => readFile(`${folder}/${name}`, 'utf8')
  const file = await readFile(`${folder}/model.safetensors`)
  const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer
  const backend = createCpuBackend()
  const model = await createModel(JSON.parse(await text('config.json')), parseSafetensors(bytes), backend)
  const tokenizer = loadTokenizer(await text('tokenizer.json'), await text('tokenizer_config.json'))
  const special = (kind: 'bos' | 'eos' | 'pad' | 'eosent') => {
    const found = tokenizer.special(kind) as number
    return { id: found, label: tokenizer.idToLabel(found) }
  }
  const info: TokenizerInfo = {
    specials: { bos: special('bos'), eos: special('eos'), pad: special('pad'), eosent: special('eosent') },
    labels: Array.from({ length: tokenizer.vocabSize }, (_, one) => tokenizer.idToLabel(one)),
    opening: [special('bos').id],
  }
  const loaded = { id, name: id, source: 'embedded', info: model.info } as LoadedModel
  const session = backend.session()
  const kept = new KeptRows(model, backend)
  const engine = {
    load: async () => loaded,
    tokenizer: async () => info,
    pieces: async (_: string, texts: string[]) => texts.map((one) => tokenizer.pieces(one)),
    forward: (request: ForwardRequest) => runForward(model, session, request, CPU),
    extend: (request: ExtendRequest) => kept.extend(session, request, CPU),
    store: { getState: () => ({ models: { [id]: loaded } }) },
  } as unknown as Engine

  const cases: [name: string, prompt: string, act: (lab: GenerateLab) => Promise<void>][] = [
    ['greedy', 'The capital of France is', (lab) => written(lab, { temperature: 0 }, 20)],
    ['greedy, with a penalty', 'She opened the', (lab) => written(lab, { temperature: 0, repetitionPenalty: 1.4 }, 16)],
    [
      'greedy, a head off',
      'A dog is',
      async (lab) => {
        lab.setAblated([
          [1, 2],
          [4, 0],
        ])
        await lab.settled()
        await written(lab, { temperature: 0 }, 12)
      },
    ],
    ['drawn', 'Once upon a time there was a', (lab) => written(lab, {}, 24)],
    [
      'drawn from everything',
      'One day',
      (lab) => written(lab, { temperature: 1.3, topK: 0, topP: 1, repetitionPenalty: 1.2, minP: 0.02 }, 16),
    ],
    [
      'drawn, then chosen, then by another seed',
      'The cat sat on the',
      async (lab) => {
        await written(lab, {}, 4)
        lab.accept(700)
        await lab.settled()
        lab.redraw()
        await written(lab, { topP: 0.9 }, 6)
      },
    ],
    [
      'a masked token',
      'The cat sat on the',
      async (lab) => {
        const key = lab.store.getState().doc?.sequence.tokens[0]?.key ?? 0
        lab.edit((sequence) => setStatus(sequence, [key], 'masked'))
        await lab.settled()
        await written(lab, { temperature: 0 }, 4)
      },
    ],
  ]
  const found: SnippetCase[] = []
  for (const [name, prompt, act] of cases) {
    const lab = createGenerateLab(engine)
    await lab.open({ lab: 'generate', model: id, prompt })
    await act(lab)
    const { run } = lab.store.getState()
    if (!run) throw new Error(`${name} has no run`)
    found.push({
      name,
      code: snippetOf(run, loaded, info.labels),
      sequence: run.tokens.map((token) => token.id as number),
      differs: name === 'a masked token',
    })
  }
  return found
}

async function written(
  lab: GenerateLab,
  sampling: Parameters<GenerateLab['setSampling']>[0],
  count: number,
): Promise<void> {
  lab.setSampling(sampling)
  await lab.write(count)
}
