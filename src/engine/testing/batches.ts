/** A text alone and the same text among others in one forward: padded on any side, or behind others in one row. */

import { expect, it } from 'vitest'
import { maskWords, packMask } from '../../core/mask.ts'
import type { Backend } from '../../core/ops.ts'
import { createModel } from '../../models/testing/create_model.ts'
import { load } from '../../models/testing/golden.ts'
import { draw } from '../../reference/testing/cases.ts'
import { runBatch } from '../batch.ts'
import { runForward } from '../forward.ts'

/** Learned positions, angles, windows, relative places of padding, several queries' heads to a key, a classifier. */
const MODELS = [
  'bert-erf',
  'bert-tanh',
  'roberta-mlm',
  'distilbert-mlm',
  'electra-mlm',
  'albert-pretraining',
  'modernbert-mlm',
  'gpt2-lm',
  'gpt2-classes',
  'llama-lm',
]
const SAME = 1e-4
const PAD = 1
const SHAPES = 5

interface Placed {
  ids: number[]
  row: number
  at: number
}

export function batchTests(backendOf: () => Backend | Promise<Backend>): void {
  it.each(MODELS)('%s answers in a batch what it answers alone', async (name) => {
    const backend = await backendOf()
    const { config, weights } = await load(name)
    const model = await createModel(config, weights, backend)
    const { info } = model
    const description = { kind: backend.kind, adapter: '', software: true }
    const [alone, together] = [backend.session(), backend.session()]
    for (let seed = 0; seed < SHAPES; seed++) {
      const { placed, rows, T } = randomBatch(
        seed,
        info.vocabulary as number,
        info.maxTokens - (info.paddingIndex ?? -1) - 1,
      )
      const positionOf = (t: number) => t + (info.paddingIndex === undefined ? 0 : info.paddingIndex + 1)
      const ids: number[] = new Array(rows * T).fill(PAD)
      const positions: number[] = new Array(rows * T).fill(0)
      const owner: number[] = new Array(rows * T).fill(-1)
      placed.forEach(({ ids: own, row, at }, i) => {
        own.forEach((id, t) => {
          const place = row * T + at + t
          ids[place] = id
          positions[place] = positionOf(t)
          owner[place] = i
        })
      })
      const bits = new Uint32Array(rows * T * maskWords(T))
      for (let b = 0; b < rows; b++) {
        const readable = (q: number, k: number) => owner[b * T + k] !== -1 && owner[b * T + q] === owner[b * T + k]
        bits.set(packMask(T, readable), b * T * maskWords(T))
      }
      // As many rows of every sequence: the first text of each stands in for those that have fewer.
      const most = Math.max(...Array.from({ length: rows }, (_, b) => placed.filter(({ row }) => row === b).length))
      const of = (b: number, i: number) => {
        const here = placed.filter(({ row }) => row === b)
        return (here[i] ?? here[0]) as Placed
      }
      const wanted = (place: (text: Placed) => number) =>
        Array.from({ length: rows * most }, (_, i) => place(of(Math.floor(i / most), i % most)))
      const read = info.causal ? (text: Placed) => text.at + text.ids.length - 1 : (text: Placed) => text.at
      const result = await runBatch(
        model,
        together,
        {
          model: name,
          sequences: rows,
          ids,
          positions,
          mask: { bits, layers: 1 },
          pooledRows: wanted(read),
          vocabularyRows: wanted(({ at, ids: own }) => at + own.length - 1),
          attentions: [[0, 0]],
        },
        description,
      )
      for (const [i, text] of placed.entries()) {
        const by = placed.filter(({ row }) => row === text.row).indexOf(text) + text.row * most
        const single = await runForward(
          model,
          alone,
          {
            model: name,
            input: {
              kind: 'text',
              ids: text.ids,
              positions: text.ids.map((_, t) => positionOf(t)),
              mlmRows: [text.ids.length - 1],
            },
            pooledRow: info.causal ? text.ids.length - 1 : 0,
            capture: { attentions: [[0, 0]], hiddenStates: true },
          },
          description,
        )
        const states = single.hiddenStates.at(-1)?.data as Float32Array
        const D = info.width
        const row = info.causal ? text.ids.length - 1 : 0
        const what = `seed ${seed}, text ${i} of ${text.ids.length} at ${text.row}:${text.at} of [${rows}, ${T}]`
        expectSame(
          `${what}: state`,
          result.pooled.data.subarray(by * D, (by + 1) * D),
          states.subarray(row * D, (row + 1) * D),
        )
        const answered = Object.keys(result.logits)
        expect(answered.length).toBeGreaterThan(0)
        for (const head of answered) {
          const expected = single.logits[head]?.data as Float32Array
          const found = result.logits[head]?.data as Float32Array
          const K = expected.length
          expectSame(`${what}: ${head}`, found.subarray(by * K, (by + 1) * K), expected)
        }
        const map = result.attentions[0]?.data as Float32Array
        const own = single.attentions[0]?.data as Float32Array
        const n = text.ids.length
        for (let q = 0; q < n; q++) {
          const from = (text.row * T + text.at + q) * T
          expectSame(`${what}: map`, map.subarray(from + text.at, from + text.at + n), own.subarray(q * n, (q + 1) * n))
          const others = map.subarray(from, from + T).filter((_, k) => owner[text.row * T + k] !== i)
          expect(others.every((share) => share === 0)).toBe(true)
        }
      }
    }
    await alone.dispose()
    await together.dispose()
    backend.free(model.tensors)
  })
}

/** Rows of one text or of several, with gaps before, between and behind them. */
function randomBatch(seed: number, vocabulary: number, longest: number) {
  const { below, pick } = draw(seed)
  const most = Math.min(longest, pick([3, 9, 17]))
  const rows = seed === 0 ? 1 : 2 + below(3)
  const T = Math.min(longest, most + below(12))
  const placed: Placed[] = []
  for (let row = 0; row < rows; row++) {
    for (let at = below(Math.min(4, T)); at < T && (at < 4 || below(2) > 0); ) {
      const n = Math.min(T - at, 1 + below(most))
      placed.push({ row, at, ids: Array.from({ length: n }, () => 2 + below(vocabulary - 2)) })
      at += n + below(3)
    }
  }
  return { placed, rows, T }
}

function expectSame(what: string, found: Float32Array, expected: Float32Array): void {
  expect(found.length, what).toBe(expected.length)
  const worst = found.reduce((max, value, i) => Math.max(max, Math.abs(value - (expected[i] as number))), 0)
  expect(worst, what).toBeLessThanOrEqual(SAME)
}
