import { expect, test } from 'vitest'
import { readOfPad } from './padding_leak.ts'
import type { TextRun } from './run.ts'

const runOf = (kinds: string[], ...layers: (number[] | null)[]) =>
  ({
    tokens: kinds.map((kind) => ({ kind })),
    result: {
      tokens: kinds.length,
      attentions: layers.map((data) => data && { dims: [], data: Float32Array.from(data) }),
    },
  }) as unknown as TextRun

test('the mean over heads and reading queries, without the queries of PAD', () => {
  const heads = [0.5, 0.5, 1, 0, 0.25, 0.75, 0, 1] // two heads of [word, PAD]
  expect(readOfPad(runOf(['word', 'pad'], heads, null))).toEqual([0.625, null])
})

test('a query that reads nothing counts nowhere', () => {
  const map = [0.5, 0, 0.5, 0, 0, 0, 0, 0, 1]
  expect(readOfPad(runOf(['cls', 'word', 'pad'], map))).toEqual([0.5])
  expect(readOfPad(runOf(['word', 'pad'], [0, 0, 0, 1]))).toEqual([null])
})
