/// <reference lib="webworker" />
/**
 * Reads what people bring: text and pictures. Apart from the engine, so that a hostile tokenizer or file can be stopped by
 * ending this worker.
 */

import { ClsroomError, reportOf } from '../core/errors.ts'
import { fetchPart } from '../core/fetch_part.ts'
import { encodingOf } from '../loaders/encoding.ts'
import { readableLabels } from '../loaders/readable_labels.ts'
import { loadTokenizer, type TextSpecialKind, type Tokenizer } from '../loaders/tokenizer.ts'
import type { ReaderCalls, ReaderReply, ReaderRequest, TokenizerInfo } from './reader_protocol.ts'

const scope = self as unknown as DedicatedWorkerGlobalScope
const SPECIALS: TextSpecialKind[] = ['cls', 'sep', 'pad', 'unk', 'mask', 'bos', 'eos', 'eosent']
const tokenizers = new Map<string, Tokenizer>()

scope.onmessage = async ({ data }: MessageEvent<ReaderRequest>) => {
  try {
    const result = await answer(data)
    const moved = 'data' in result ? [result.data.buffer as ArrayBuffer] : []
    post({ id: data.id, result }, moved)
  } catch (thrown) {
    post({ id: data.id, error: reportOf(thrown) })
  }
}

async function answer(request: ReaderRequest): Promise<ReaderCalls[ReaderRequest['call']]['result']> {
  switch (request.call) {
    case 'tokenizer':
      return openTokenizer(request.args)
    case 'pieces':
      return request.args.texts.map((text) => tokenizer(request.args.model).pieces(text))
    case 'picture': {
      const { decodeImage } = await fetchPart(() => import('../loaders/image_decode.ts'))
      return decodeImage(request.args.bytes)
    }
  }
}

function openTokenizer({ model, json, config }: ReaderCalls['tokenizer']['args']): TokenizerInfo {
  const opened = loadTokenizer(json, config)
  tokenizers.set(model, opened)
  const specials: TokenizerInfo['specials'] = {}
  for (const kind of SPECIALS) {
    const id = opened.special(kind)
    if (id !== undefined) specials[kind] = { id, label: opened.idToLabel(id) }
  }
  const labels = Array.from({ length: opened.vocabSize }, (_, id) => opened.idToLabel(id))
  return {
    specials,
    labels,
    readable: readableLabels(labels, new Set(Object.values(specials).map(({ id }) => id))),
    doublesSeparators: opened.doublesSeparators,
    opening: encodingOf(json, []).inputIds,
  }
}

function tokenizer(model: string): Tokenizer {
  const opened = tokenizers.get(model)
  if (opened) return opened
  throw new ClsroomError('tokenizer', 'This model has no tokenizer here', {
    found: model,
    advice: 'Add its tokenizer.json to the files',
  })
}

function post(reply: ReaderReply, transfer: Transferable[] = []): void {
  scope.postMessage(reply, transfer)
}
