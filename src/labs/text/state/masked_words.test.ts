import { expect, test } from 'vitest'
import type { Token } from '../../../sequence/token.ts'
import { mostRead, predictionsOf, scoreOf } from './masked_words.ts'
import type { TextRun } from './run.ts'

const token = (key: number, kind: Token['kind'], original?: number): Token => ({
  key,
  kind,
  id: 0,
  label: kind,
  origin: { type: 'inserted' },
  status: 'read',
  hidden: false,
  ...(original !== undefined && { original: { kind: 'word', id: original, label: `w${original}` } }),
})

/** Logits whose softmax is p. */
const logits = (...rows: number[][]) => ({
  dims: [rows.length, rows[0]?.length ?? 0],
  data: Float32Array.from(rows.flat().map(Math.log)),
})
const runOf = (tokens: Token[], mlmRows: number[], mlm: ReturnType<typeof logits>) =>
  ({ tokens, mlmRows, result: { logits: { mlm } } }) as unknown as TextRun

test('rank and probability of the original; accuracy, top 5 and perplexity by hand', () => {
  const tokens = [token(0, 'cls'), token(1, 'mask', 2), token(2, 'word', 0), token(3, 'mask')]
  const run = runOf(tokens, [1, 2, 3], logits([0.25, 0.25, 0.5], [0.125, 0.75, 0.125], [0.2, 0.3, 0.5]))
  const predictions = predictionsOf(run, 2)
  expect(predictions.map(({ original }) => original?.rank)).toEqual([1, 2, undefined])
  expect(predictions[1]?.original?.probability).toBeCloseTo(0.125)
  expect(predictions[2]?.best.map(({ id }) => id)).toEqual([2, 1])
  const score = scoreOf(predictions)
  expect(score).toMatchObject({ tokens: 2, accuracy: 0.5, top5: 1 })
  expect(score?.perplexity).toBeCloseTo(1 / Math.sqrt(0.5 * 0.125))
})

test('nothing to score without an original', () => {
  expect(scoreOf(predictionsOf(runOf([token(0, 'mask')], [0], logits([0.5, 0.5])), 1))).toBeNull()
})

test('what a query reads most is the mean of the heads', () => {
  const map = Float32Array.from([0, 1, 0.25, 0.75, 1, 0, 0.75, 0.25])
  expect(mostRead(map, 2, 1, 1)).toEqual([{ index: 0, value: 0.5 }])
})
