import { describe, expect, it } from 'vitest'
import { insert, remove, setStatus } from '../../../sequence/edit.ts'
import { segmentIds } from '../../../sequence/numbering.ts'
import { SEP, textOfIds } from '../../../sequence/testing/arbitrary.ts'
import { active, type Sequence } from '../../../sequence/token.ts'
import { changeOf, type Readout } from '../../../state/readouts.ts'
import { readoutsOf } from './readouts.ts'
import type { TextRun } from './run.ts'
import { bestSpan, MAX_SPAN_TOKENS, spanReadouts } from './span.ts'

/** Keys: [CLS] 0, the question 1 and 2, [SEP] 3, the text 4 to 7, [SEP] 8. */
const QA = textOfIds([5, 6], [7, 8, 9, 10])
const TEXT_KEYS = [4, 5, 6, 7]

/** A run whose head gives each token a logit of its own to start and to end. */
function run(sequence: Sequence, starts: Record<number, number>, ends: Record<number, number>): TextRun {
  const tokens = active(sequence)
  const data = Float32Array.from(tokens.flatMap(({ key }) => [starts[key] ?? 0, ends[key] ?? 0]))
  const result = { logits: { span: { dims: [tokens.length, 2], data } } }
  return { tokens, segments: segmentIds(sequence, 2), mlmRows: [], result } as unknown as TextRun
}

const byId = (readouts: Readout[]) => new Map(readouts.map((one) => [one.id, one]))

describe('the answer to a question', () => {
  const before = run(QA, { 5: 4 }, { 6: 4 })

  it('is a stretch of the text, with where it starts and ends', () => {
    expect(bestSpan(before)).toMatchObject({ from: 5, to: 6 })
    const readouts = spanReadouts(before)
    expect(readouts.map(({ id }) => id)).toEqual(['span', 'span start', 'span end'])
    const [whole, start, end] = readouts as [Readout, Readout, Readout]
    expect(Math.max(...whole.scores)).toBe(bestSpan(before)?.probability)
    expect(start.classes).toEqual(TEXT_KEYS.map(String))
    expect(start.scores.reduce((sum, share) => sum + share)).toBeCloseTo(1, 12)
    expect(end.names[2]).toMatch(/@6$/)
    // 4 of one token, 3 of two, 2 of three, 1 of four.
    expect(whole.names).toHaveLength(10)
  })

  it('is among the read-outs of a model with such a head only', () => {
    const info = { labels: {}, tokenLabels: { span: ['start', 'end'] } }
    expect(readoutsOf(before, info, []).map(({ id }) => id)).toEqual(['span', 'span start', 'span end'])
    expect(readoutsOf(before, { labels: {} }, [])).toEqual([])
  })

  it('is compared by its tokens, wherever an edit put them', () => {
    const after = run(insert(QA, 2, SEP, 2), { 5: 4 }, { 6: 4 })
    const changes = spanReadouts(before).map((one) => changeOf(one, byId(spanReadouts(after)).get(one.id) as Readout))
    for (const { distance, before: was, after: is } of changes) {
      expect(distance).toBe(0)
      expect(is).toBe(was)
    }
    expect(bestSpan(after)).toMatchObject({ from: 7, to: 8 })
  })

  it('has no score any more where its tokens are gone or cannot be read', () => {
    for (const sequence of [remove(QA, [5]), setStatus(QA, [5], 'masked')]) {
      const after = byId(spanReadouts(run(sequence, { 7: 4 }, { 7: 4 })))
      const [whole] = spanReadouts(before) as [Readout]
      const change = changeOf(whole, after.get('span') as Readout)
      expect(change.after).toBe(0)
      expect(change.bestAfterScore).toBeGreaterThan(0.5)
      expect(change.bestAfter).not.toBe(change.best)
    }
  })

  it('is none where the text is gone, and never longer than a pipeline allows', () => {
    expect(spanReadouts(run(remove(QA, [1, 2, 4, 5, 6, 7]), {}, {}))).toEqual([])
    const long = textOfIds(
      [5],
      Array.from({ length: 40 }, () => 7),
    )
    const [whole] = spanReadouts(run(long, { 3: 9 }, { 40: 9 })) as [Readout]
    expect(Math.max(...whole.names.map((name) => name.split(' ').length))).toBe(MAX_SPAN_TOKENS)
  })
})
