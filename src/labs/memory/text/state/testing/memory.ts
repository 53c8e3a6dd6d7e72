/** An embedded memory transformer with what the lab asks of an engine, in Node. For tests. */

import { readFile } from 'node:fs/promises'
import type { Backend } from '../../../../../core/ops.ts'
import { runForward } from '../../../../../engine/forward.ts'
import type { ForwardRequest, LoadedModel } from '../../../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../../../engine/reader_protocol.ts'
import { loadTokenizer } from '../../../../../loaders/tokenizer.ts'
import { createModel } from '../../../../../models/testing/create_model.ts'
import { loadFiles } from '../../../../../models/testing/golden.ts'
import { createDoc, type MemoryModel } from '../doc.ts'
import { piecesOf } from '../pieces.ts'
import type { RecallTask } from '../recall.ts'

const SPECIALS = ['cls', 'sep', 'pad', 'unk', 'mask'] as const

export async function loadMemory(backend: Backend, id = 'clsroom-memtransformer') {
  const { config, weights } = await loadFiles(id)
  const folder = `public/models/${id}`
  const network = await createModel(config, weights, backend)
  const session = backend.session()
  const words = loadTokenizer(
    await readFile(`${folder}/tokenizer.json`, 'utf8'),
    await readFile(`${folder}/tokenizer_config.json`, 'utf8'),
  )
  const engine = {
    forward: (request: ForwardRequest) =>
      runForward(network, session, request, { kind: backend.kind, adapter: '', software: true }),
    pieces: async (_: string, texts: string[]) => texts.map((one) => words.pieces(one)),
    weights: async () => network.views.memory ?? { dims: [0, network.info.width], data: new Float32Array() },
  }
  const tokenizer: TokenizerInfo = {
    specials: Object.fromEntries(
      SPECIALS.flatMap((kind) => {
        const row = words.special(kind)
        return row === undefined ? [] : [[kind, { id: row, label: words.idToLabel(row) }]]
      }),
    ),
    labels: Array.from({ length: words.vocabSize }, (_, row) => words.idToLabel(row)),
  }
  const made: MemoryModel = { id, info: network.info, tokenizer }
  const model: LoadedModel = { id, name: id, source: 'embedded', info: network.info }
  const docOf = async (...texts: [string, string]) => createDoc(made, texts, await piecesOf(engine, made, texts))
  return { engine, model, made, docOf }
}

export async function readTask(): Promise<RecallTask> {
  return JSON.parse(await readFile('public/samples/recall.json', 'utf8'))
}
