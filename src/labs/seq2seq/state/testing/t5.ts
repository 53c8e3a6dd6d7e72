/** The embedded encoder–decoder with what the lab asks of an engine, in Node. For tests. */

import { readFile } from 'node:fs/promises'
import type { Backend } from '../../../../core/ops.ts'
import { runForward } from '../../../../engine/forward.ts'
import { generate } from '../../../../engine/generate.ts'
import type { ForwardRequest, GenerateRequest, LoadedModel } from '../../../../engine/protocol.ts'
import { parseSafetensors } from '../../../../loaders/safetensors.ts'
import { loadTokenizer } from '../../../../loaders/tokenizer.ts'
import { createModel } from '../../../../models/testing/create_model.ts'
import { createDoc, type Seq2SeqModel } from '../doc.ts'
import { piecesOf } from '../pieces.ts'

const SPECIALS = ['pad', 'unk', 'eos'] as const

/** @param folder the model's files */
export async function loadT5(backend: Backend, folder = 'public/models/clsroom-t5', id = 'clsroom-t5') {
  const text = (name: string) => readFile(`${folder}/${name}`, 'utf8')
  const file = await readFile(`${folder}/model.safetensors`)
  const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer
  const network = await createModel(JSON.parse(await text('config.json')), parseSafetensors(bytes), backend)
  const session = backend.session()
  const words = loadTokenizer(await text('tokenizer.json'), await text('tokenizer_config.json'))
  const engine = {
    forward: (request: ForwardRequest) =>
      runForward(network, session, request, { kind: backend.kind, adapter: '', software: true }),
    generate: (request: GenerateRequest) => generate(network, { backend, session }, request),
    pieces: async (_: string, texts: string[]) => texts.map((one) => words.pieces(one)),
  }
  const specials = SPECIALS.flatMap((kind) => {
    const row = words.special(kind)
    return row === undefined ? [] : [[kind, { id: row, label: words.idToLabel(row) }]]
  })
  const model: Seq2SeqModel & Pick<LoadedModel, 'source'> = {
    id,
    info: network.info,
    source: 'embedded',
    tokenizer: {
      specials: Object.fromEntries(specials),
      labels: Array.from({ length: words.vocabSize }, (_, row) => words.idToLabel(row)),
    },
  }
  const docOf = async (source: string) => createDoc(model, source, await piecesOf(engine, id, model.tokenizer, source))
  return { engine, model, docOf }
}
