/** Hide, mask and remove on a whole model: the golden random BERT on the CPU backend. */

import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { runForward } from '../../../engine/forward.ts'
import type { ForwardRequest, LoadedModel } from '../../../engine/protocol.ts'
import { parseSafetensors } from '../../../loaders/safetensors.ts'
import { createModel } from '../../../models/testing/create_model.ts'
import { createCpuBackend } from '../../../reference/backend.ts'
import { setPositionPolicy } from '../../../sequence/edit.ts'
import { pad, setPaddingMask } from '../../../sequence/padding.ts'
import { createDoc, specialEntry, type TextDoc } from './doc.ts'
import { runText, type TextRun } from './run.ts'
import { eachHeadOff, paddings, silencings } from './variants.ts'

const FOLDER = 'src/models/golden/bert-erf'
const special = (id: number, label: string) => ({ id, label })
const TOKENIZER = {
  specials: {
    pad: special(0, '[PAD]'),
    cls: special(2, '[CLS]'),
    sep: special(3, '[SEP]'),
    mask: special(4, '[MASK]'),
  },
  labels: [],
}
/** Random weights are not trained, so that nothing is near zero by luck; f32 sums in another order differ by this. */
const SAME = 1e-5

let model: LoadedModel
let run: (doc: TextDoc) => Promise<TextRun>

beforeAll(async () => {
  const config: unknown = JSON.parse(await readFile(`${FOLDER}/config.json`, 'utf8'))
  const bytes = await readFile(`${FOLDER}/model.safetensors`)
  const weights = parseSafetensors(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  const backend = createCpuBackend()
  const bert = await createModel(config, weights, backend)
  const session = backend.session()
  const description = { kind: 'cpu', adapter: 'test', software: true } as const
  model = { id: 'golden', name: 'golden', info: bert.info, source: 'files' }
  const engine = { forward: (request: ForwardRequest) => runForward(bert, session, request, description) }
  run = (doc) => runText(engine, model, doc, { layer: 0 })
})

function docOf(...segments: number[][]): TextDoc {
  const pieces = segments.map((ids) =>
    ids.map((id, i) => ({ id, label: `w${id}`, text: 'x', start: 2 * i, end: 2 * i + 1 })),
  )
  const textModel = { id: 'golden', maxTokens: model.info.maxTokens, tokenizer: TOKENIZER }
  return createDoc(
    textModel,
    segments.map((ids) => ids.map(() => 'x').join(' ')),
    pieces,
  )
}

/** The largest difference of the last hidden states of two runs, at the tokens that both have. */
function distance(a: TextRun, b: TextRun, except: readonly number[] = []): number {
  const D = model.info.width
  const [x, y] = [a, b].map(({ result }) => result.hiddenStates.at(-1)?.data as Float32Array)
  let most = 0
  for (const [row, { key }] of a.tokens.entries()) {
    const other = b.tokens.findIndex((token) => token.key === key)
    if (other < 0 || except.includes(key)) continue
    for (let d = 0; d < D; d++) most = Math.max(most, Math.abs((x?.[row * D + d] ?? 0) - (y?.[other * D + d] ?? 0)))
  }
  return most
}

describe('three ways to silence a token', () => {
  test('hide never changes the run; mask and remove do, differently', async () => {
    const runs = silencings(docOf([5, 6, 7], [8, 9]), [2])
    const asIs = await run(runs.asIs)
    expect(distance(asIs, await run(runs.hidden))).toBe(0)
    const [masked, removed] = [await run(runs.masked), await run(runs.removed)]
    expect(distance(asIs, masked)).toBeGreaterThan(100 * SAME)
    expect(distance(asIs, removed)).toBeGreaterThan(100 * SAME)
    // Removing also moves what follows to other positions.
    expect(distance(masked, removed)).toBeGreaterThan(100 * SAME)
  })

  test('with the positions kept, mask equals remove for everybody else', async () => {
    const doc = docOf([5, 6, 7], [8, 9])
    const runs = silencings({ ...doc, sequence: setPositionPolicy(doc.sequence, 'keep') }, [2, 5])
    expect(distance(await run(runs.masked), await run(runs.removed), [2, 5])).toBeLessThan(SAME)
  })

  test('a token that nobody reads, at the end, can go without a trace', async () => {
    const doc = docOf([5, 6, 7])
    const last = doc.sequence.tokens.at(-1)?.key as number
    const { masked, removed } = silencings(doc, [last])
    expect(distance(await run(masked), await run(removed), [last])).toBeLessThan(SAME)
  })
})

describe('padding', () => {
  const padded = (side: 'left' | 'right' | 'centre', policy: 'renumber' | 'keep') => {
    const doc = docOf([5, 6, 7])
    const sequence = pad(setPositionPolicy(doc.sequence, policy), 12, side, specialEntry(TOKENIZER, 'pad'))
    return paddings({ ...doc, sequence, mask: setPaddingMask(doc.mask, true) })
  }

  test('masked PAD on the right changes nothing, readable PAD leaks', async () => {
    const { none, masked, readable } = padded('right', 'renumber')
    const alone = await run(none)
    expect(distance(alone, await run(masked))).toBeLessThan(SAME)
    expect(distance(alone, await run(readable))).toBeGreaterThan(100 * SAME)
  })

  test('masked PAD on the left moves the text, unless the positions are kept', async () => {
    for (const [policy, moves] of [
      ['renumber', true],
      ['keep', false],
    ] as const) {
      const { none, masked } = padded('left', policy)
      const moved = distance(await run(none), await run(masked))
      if (moves) expect(moved).toBeGreaterThan(100 * SAME)
      else expect(moved).toBeLessThan(SAME)
    }
  })
})

test('switching a head off changes the run; every head has a variant', async () => {
  const doc = docOf([5, 6, 7])
  const { layers, heads } = model.info
  const variants = eachHeadOff(doc, layers, heads)
  expect(Object.keys(variants)).toHaveLength(layers * heads)
  expect(distance(await run(doc), await run(variants['0.0'] as TextDoc))).toBeGreaterThan(100 * SAME)
})
