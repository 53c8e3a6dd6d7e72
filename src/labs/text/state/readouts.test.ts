import { expect, test } from 'vitest'
import { insert, setSegment, setSegmentPolicy, setStatus } from '../../../sequence/edit.ts'
import { segmentIds } from '../../../sequence/numbering.ts'
import { PAD, SEP, textOfIds } from '../../../sequence/testing/arbitrary.ts'
import { active, type Sequence } from '../../../sequence/token.ts'
import { readoutsOf } from './readouts.ts'
import type { TextRun } from './run.ts'

const LABELS = { nsp: ['is next', 'is not next'], sentiment: ['negative', 'positive'] }

/** Which heads a run of this sequence answers. */
function answered(sequence: Sequence): string[] {
  const logits = {
    nsp: { dims: [2], data: Float32Array.of(3, 1) },
    sentiment: { dims: [2], data: Float32Array.of(1, 2) },
  }
  const run = { tokens: active(sequence), segments: segmentIds(sequence, 2), mlmRows: [], result: { logits } }
  return readoutsOf(run as unknown as TextRun, { labels: LABELS }, []).map(({ id }) => id)
}

test('whether B follows A is answered only where words stand in both', () => {
  expect(answered(textOfIds([5, 6], [7]))).toEqual(['nsp', 'sentiment'])
  expect(answered(textOfIds([5, 6]))).toEqual(['sentiment'])
  expect(answered(insert(textOfIds([5, 6]), 4, PAD, 3))).toEqual(['sentiment'])
  expect(answered(textOfIds([5, 6], []))).toEqual(['sentiment'])
  expect(answered(setStatus(textOfIds([5, 6], [7]), [4], 'masked'))).toEqual(['nsp', 'sentiment'])
})

test('a second segment can be made of one text, where the reader asks for it', () => {
  const parted = insert(textOfIds([5, 6]), 2, SEP)
  expect(answered(parted)).toEqual(['sentiment'])
  expect(answered(setSegmentPolicy(parted, 'separators'))).toEqual(['nsp', 'sentiment'])
  expect(answered(setSegment(textOfIds([5, 6]), [2], 1))).toEqual(['nsp', 'sentiment'])
})
