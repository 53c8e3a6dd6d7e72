import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { insert, remove, setStatus } from '../../../sequence/edit.ts'
import { active } from '../../../sequence/token.ts'
import { parseLink } from '../../../state/permalink.ts'
import {
  createDoc,
  cutText,
  cutToLimit,
  decodeDoc,
  encodeDoc,
  separatorsOf,
  withoutSegment,
  withSegment,
  withSeparator,
  withTexts,
} from './doc.ts'
import { TEXT_FORMAT } from './link.ts'
import { letterModel as model, pieces } from './testing/letters.ts'

const docOf = (limit: number, ...texts: string[]) => createDoc(model(limit), texts, texts.map(pieces))
const labels = (doc: ReturnType<typeof docOf>) => active(doc.sequence).map(({ label }) => label)
const QA = { kind: 'sep', id: null, label: '[SEP_QA]', start: { type: 'zeros' } } as const

describe('the model’s limit', () => {
  test('cuts the longest first, keeps the text, and says what was cut', () => {
    const doc = docOf(8, 'ab', 'abcde')
    expect(labels(doc)).toEqual(['[CLS]', 'a', 'b', '[SEP]', 'a', 'b', 'c', '[SEP]'])
    expect(doc.texts).toEqual(['ab', 'abcde'])
    expect(cutText(doc)).toEqual([{ segment: 1, pieces: 2, text: 'de' }])
  })

  test('only the second, and the longest where the second cannot give enough', () => {
    const second = { ...docOf(8, 'abcd', 'ab'), truncation: 'only_second' as const }
    expect(cutText(cutToLimit(model(8), second))).toEqual([{ segment: 1, pieces: 1, text: 'b' }])
    const long = { ...docOf(8, 'abcdeabcde', 'ab'), truncation: 'only_second' as const }
    expect(active(cutToLimit(model(8), long).sequence)).toHaveLength(8)
  })

  test('an inserted token takes a place from the text, and gives it back', () => {
    const doc = docOf(6, 'abcd')
    const grown = cutToLimit(model(6), { ...doc, sequence: insert(doc.sequence, 1, QA) })
    expect(labels(grown)).toEqual(['[CLS]', '[SEP_QA]', 'a', 'b', 'c', '[SEP]'])
    const key = doc.sequence.nextKey
    expect(labels(cutToLimit(model(6), { ...grown, sequence: remove(grown.sequence, [key]) }))).toEqual(labels(doc))
  })

  test('removing a piece pulls no other one in', () => {
    const doc = docOf(6, 'abcde')
    const first = doc.sequence.tokens[1]?.key as number
    expect(labels(cutToLimit(model(6), { ...doc, sequence: remove(doc.sequence, [first]) }))).toHaveLength(5)
  })

  test('100,000 letters: the sequence is as long as the model reads, the text box keeps all', () => {
    const doc = docOf(512, 'abcde'.repeat(20_000))
    expect(active(doc.sequence)).toHaveLength(512)
    expect(doc.texts[0]).toHaveLength(100_000)
    expect(cutText(doc)[0]?.pieces).toBe(100_000 - 510)
    expect(doc.pieces[0]).toHaveLength(512)
  })

  test('never more tokens than the model reads, and every text that fits is whole', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '🦄'), maxLength: 12 })
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), fc.integer({ min: 8, max: 40 }), (texts, limit) => {
        const doc = docOf(limit, ...texts)
        const wanted = 1 + texts.length + texts.reduce((sum, one) => sum + pieces(one).length, 0)
        expect(active(doc.sequence)).toHaveLength(Math.min(limit, wanted))
        expect(cutText(doc).reduce((sum, cut) => sum + cut.pieces, 0)).toBe(Math.max(0, wanted - limit))
      }),
    )
  })
})

describe('texts', () => {
  test('typing keeps what was done by hand, in and beyond the limit', () => {
    const doc = docOf(8, 'abc', 'de')
    const masked = { ...doc, sequence: setStatus(doc.sequence, [1], 'masked') }
    const typed = withTexts(model(8), masked, ['abcab', 'de'], [pieces('abcab'), pieces('de')])
    expect(typed.sequence.tokens.find(({ key }) => key === 1)?.status).toBe('masked')
    expect(active(typed.sequence)).toHaveLength(8)
    const empty = withTexts(model(8), masked, ['', ''], [[], []])
    expect(labels(empty)).toEqual(['[CLS]', '[SEP]', '[SEP]'])
  })

  test('segments come and go with their counts', () => {
    const two = withSegment(model(6), docOf(6, 'ab'), 'abcdeabcde', pieces('abcdeabcde'))
    expect(cutText(two)).toEqual([
      { segment: 0, pieces: 1, text: 'b' },
      { segment: 1, pieces: 8, text: 'cdeabcde' },
    ])
    const one = withoutSegment(model(6), two, 1)
    expect(labels(one)).toEqual(['[CLS]', 'a', 'b', '[SEP]'])
    expect(one.counts).toEqual([2])
  })
})

describe('permalinks', () => {
  const round = async (limit: number, doc: ReturnType<typeof docOf>) => {
    const link = await parseLink(TEXT_FORMAT, JSON.parse(JSON.stringify(encodeDoc(doc, model(limit)))))
    if (link.lab !== 'text') throw new Error('not a text link')
    return decodeDoc(model(limit), link, link.texts.map(pieces))
  }
  const plain = (doc: ReturnType<typeof docOf>) => doc.sequence.tokens.map(({ key: _, ...token }) => token)

  test('an unedited document says nothing about its tokens', () => {
    expect(encodeDoc(docOf(20, 'ab'), model(20))).toEqual({ lab: 'text', model: 'm', texts: ['ab'], tokens: {} })
  })

  test('typed separators, the strategy, the format, cuts and edits come back', async () => {
    const typed = withSeparator(docOf(9, 'abcd', 'ab'), 0, QA)
    const doc = cutToLimit(model(9), {
      ...typed,
      truncation: 'only_second',
      format: 'question',
      ablated: [[1, 0]],
      sequence: insert(typed.sequence, 2, QA),
    })
    expect(cutText(doc)).not.toEqual([])
    const { doc: back, problem } = await round(9, doc)
    expect(problem).toBeNull()
    expect(plain(back)).toEqual(plain(doc))
    expect(separatorsOf(back)[0]).toEqual(QA)
    expect(back).toMatchObject({ truncation: 'only_second', format: 'question', ablated: [[1, 0]], counts: [4, 2] })
    expect(cutText(back)).toEqual(cutText(doc))
  })

  test('a link from a model that reads more is cut again', async () => {
    const link = await parseLink(TEXT_FORMAT, encodeDoc(docOf(40, 'abcdeabcde'), model(40)))
    if (link.lab !== 'text') throw new Error('not a text link')
    expect(active(decodeDoc(model(8), link, link.texts.map(pieces)).doc.sequence)).toHaveLength(8)
  })
})
