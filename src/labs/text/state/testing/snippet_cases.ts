/**
 * Runs of the embedded text model with the snippets that "copy as Python" gives for them, for the test of the snippets
 * (training/golden/test_snippets.py). Node only: scripts/snippet_cases.mjs calls it.
 */

import { readFile } from 'node:fs/promises'
import { softmax, topK } from '../../../../core/logits.ts'
import type { SpecialKind } from '../../../../core/tokens.ts'
import { runForward } from '../../../../engine/forward.ts'
import type { LoadedModel } from '../../../../engine/protocol.ts'
import { parseSafetensors } from '../../../../loaders/safetensors.ts'
import { loadTokenizer } from '../../../../loaders/tokenizer.ts'
import { createModel } from '../../../../models/testing/create_model.ts'
import { createCpuBackend } from '../../../../reference/backend.ts'
import * as edit from '../../../../sequence/edit.ts'
import { paint } from '../../../../sequence/mask.ts'
import { pad } from '../../../../sequence/padding.ts'
import type { Entry } from '../../../../sequence/token.ts'
import { createDoc, specialEntry, type TextDoc, type TextModel } from '../doc.ts'
import { snippetOf } from '../python.ts'
import { PAIR_HEADS, readoutsOf } from '../readouts.ts'
import { runText } from '../run.ts'
import { bestSpan } from '../span.ts'

const SPECIALS = ['cls', 'sep', 'pad', 'unk', 'mask'] as const
const CPU = { kind: 'cpu', adapter: 'CPU reference kernels', software: true } as const
const LAYER = 2
const HEAD = 3

/** What a snippet has to find. */
interface SnippetCase {
  name: string
  code: string
  /** [T][T] of the chosen head. */
  attention: number[][]
  /** Probability that the second segment follows the first; absent: the model has no such head. */
  nextSentence?: number
  /** Probability that the segments are in order. */
  order?: number
  /** [T] probability that each token was replaced. */
  replaced?: number[]
  /** The scores of the other heads that answer once, by head. */
  classes: Record<string, number[]>
  /** [T][K] of a head that labels each token. */
  labels?: number[][]
  /** Rows of the answer, both inside, of a head that finds one. */
  span?: [from: number, to: number]
  /** Rows of [MASK] with the ids and probabilities of the best five. */
  predictions: { row: number; best: { index: number; value: number }[] }[]
}

/** @param folder the model's files */
export async function snippetCases(
  folder: string,
  id: string,
  source: LoadedModel['source'] = 'embedded',
): Promise<SnippetCase[]> {
  const text = (name: string) => readFile(`${folder}/${name}`, 'utf8')
  const file = await readFile(`${folder}/model.safetensors`)
  const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer
  const backend = createCpuBackend()
  const network = await createModel(JSON.parse(await text('config.json')), parseSafetensors(bytes), backend)
  const session = backend.session()
  const engine = {
    forward: (request: Parameters<typeof runForward>[2]) => runForward(network, session, request, CPU),
  }
  const words = loadTokenizer(await text('tokenizer.json'), await text('tokenizer_config.json'))
  const special = (kind: (typeof SPECIALS)[number]) => {
    const row = words.special(kind)
    return row === undefined ? [] : [[kind, { id: row, label: words.idToLabel(row) }]]
  }
  const model: TextModel = {
    id,
    maxTokens: network.info.maxTokens,
    tokenizer: {
      specials: Object.fromEntries(SPECIALS.flatMap(special)),
      labels: Array.from({ length: words.vocabSize }, (_, row) => words.idToLabel(row)),
    },
  }
  const loaded: LoadedModel = { id, name: id, source, info: network.info }
  const docOf = (...texts: string[]) =>
    createDoc(
      model,
      texts,
      texts.map((one) => words.pieces(one)),
    )

  const cases: SnippetCase[] = []
  for (const [name, doc] of Object.entries(documents(docOf, (kind) => specialEntry(model.tokenizer, kind)))) {
    const run = await runText(engine, loaded, doc, { layer: LAYER })
    const { logits, attentions, tokens } = run.result
    const map = attentions[LAYER]?.data.subarray(HEAD * tokens * tokens, (HEAD + 1) * tokens * tokens)
    const V = logits.mlm?.dims.at(-1) ?? 0
    const readouts = readoutsOf(run, network.info, [])
    const scores = (head: string) => readouts.filter((one) => one.head === head).map((one) => [...one.scores])
    const span = bestSpan(run)
    cases.push({
      name: `${id}: ${name}`,
      code: snippetOf(run, loaded, { layer: LAYER, head: HEAD }),
      attention: run.tokens.map((_, query) => [...(map ?? []).slice(query * tokens, (query + 1) * tokens)]),
      ...(logits.nsp && { nextSentence: scores('nsp')[0]?.[0] as number }),
      ...(logits.sop && { order: scores('sop')[0]?.[0] as number }),
      ...(logits.replaced && { replaced: scores('replaced').map((answer) => answer[1] as number) }),
      classes: Object.fromEntries(
        Object.keys(network.info.labels).flatMap((head) =>
          PAIR_HEADS.includes(head) ? [] : [[head, scores(head)[0] ?? []]],
        ),
      ),
      ...(logits.tokens && { labels: scores('tokens') }),
      ...(span && { span: [span.from, span.to] }),
      predictions: (logits.mlm ? run.mlmRows : []).map((row, m) => ({
        row,
        best: topK(softmax(logits.mlm?.data ?? [], m * V, V), 5),
      })),
    })
  }
  return cases
}

/** One document for every branch of the generator. */
function documents(
  docOf: (...texts: string[]) => TextDoc,
  special: (kind: SpecialKind) => Entry,
): Record<string, TextDoc> {
  const pair = docOf('The movie was excellent.', 'I would watch it again.')
  const change = (doc: TextDoc, sequence: TextDoc['sequence']): TextDoc => ({ ...doc, sequence })
  const keys = pair.sequence.tokens.map(({ key }) => key)
  const [cls, , second, third, fourth] = keys as [number, number, number, number, number]

  const masked = edit.setStatus(edit.replace(pair.sequence, [fourth], special('mask')), [second], 'masked')
  const numbered = edit.setPosition(edit.setSegment(masked, [third], 1), [second], 7)
  const causal = paint({ rules: [{ type: 'padding' }, { type: 'causal' }], inverted: false, paint: [] }, [
    { layer: 'all', query: cls, key: fourth, readable: true },
  ])

  const register: Entry = { kind: 'register', id: null, label: '[REG]', start: { type: 'normal', seed: 7, std: 0.02 } }
  const starts: Entry[] = [
    register,
    { ...register, start: { type: 'zeros' } },
    { ...register, start: { type: 'mean' } },
    { ...register, start: { type: 'copy', of: 3, scale: 0.5 } },
  ]
  const grown = starts.reduce((sequence, entry) => edit.insert(sequence, 3, entry), pair.sequence)
  return {
    pair,
    'mask-and-numbers': change(pair, numbered),
    padded: change(pair, pad(masked, 20, 'left', special('pad'))),
    'causal-with-ablated-heads': {
      ...change(pair, masked),
      mask: causal,
      ablated: [
        [0, 1],
        [1, 0],
        [1, 5],
      ],
    },
    'untrained-tokens': change(pair, edit.move(grown, [cls], 4)),
  }
}
