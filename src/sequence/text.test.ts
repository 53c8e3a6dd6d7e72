import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { orderOfGrowth } from '../core/testing/time.ts'
import { commonSubsequence } from './diff.ts'
import { insert, move, replace, restoreOriginal, setHidden, setPositionPolicy, setStatus } from './edit.ts'
import { segmentIds } from './numbering.ts'
import { textInput } from './run_input.ts'
import {
  CLS,
  type Edit,
  edit,
  MASK,
  MODEL,
  pieceIds,
  piecesOfIds,
  SEP,
  SPECIALS,
  text,
  textOfIds,
  UNTRAINED,
} from './testing/arbitrary.ts'
import { appendSegment, fromSegments, removeSegment, retokenise, segmentCount, setSeparator } from './text.ts'
import type { Sequence, Token } from './token.ts'

const labels = (sequence: Sequence) => sequence.tokens.map((token) => token.label).join(' ')
const type = (sequence: Sequence, segment: number, ids: number[]) =>
  retokenise(sequence, segment, piecesOfIds(ids), SPECIALS)
const isPieceOf = (segment: number) => (token: Token) =>
  token.origin.type === 'piece' && token.origin.segment === segment
/** The text of a segment as the tokens have it, in the order of the text. */
const textOf = (sequence: Sequence, segment: number) =>
  sequence.tokens
    .flatMap((token) => (token.origin.type === 'piece' && token.origin.segment === segment ? [token] : []))
    .sort((a, b) => (a.origin as { piece: number }).piece - (b.origin as { piece: number }).piece)
    .map((token) => (token.original ?? token).id)
/** The pieces of every segment, as ids. */
const textsOf = (sequence: Sequence) =>
  Array.from({ length: segmentCount(sequence) }, (_, segment) => textOf(sequence, segment) as number[])

describe('building', () => {
  test('two segments give [CLS] a [SEP] b [SEP]', () => {
    expect(labels(textOfIds([5, 1], [6]))).toBe('[CLS] w5 [UNK] [SEP] w6 [SEP]')
    expect(textOfIds([5, 1]).tokens[2]).toMatchObject({ kind: 'unk', text: 'w1', key: 2 })
  })

  test('none and seven segments are input errors', () => {
    expect(() => textOfIds()).toThrow(/found 0; expected 1 to 6/)
    expect(() => textOfIds([], [], [], [], [], [], [])).toThrow(/found 7/)
  })

  test('adding a segment and removing it again is the identity', () => {
    fc.assert(
      fc.property(text, pieceIds, (sequence, ids) => {
        const grown = appendSegment(sequence, { pieces: piecesOfIds(ids), separator: SEP }, SPECIALS)
        expect(textsOf(grown)).toEqual([...textsOf(sequence), ids])
        const back = removeSegment(grown, segmentCount(sequence))
        expect({ ...back, nextKey: sequence.nextKey }).toEqual(sequence)
      }),
    )
  })

  test('removing any segment leaves the texts of the others', () => {
    fc.assert(
      fc.property(text, fc.nat(), (sequence, at) => {
        fc.pre(segmentCount(sequence) > 1)
        const segment = at % segmentCount(sequence)
        expect(textsOf(removeSegment(sequence, segment))).toEqual(textsOf(sequence).toSpliced(segment, 1))
      }),
    )
  })

  test('the only segment cannot be removed, an unknown one neither', () => {
    expect(() => removeSegment(textOfIds([5]), 0)).toThrow(/found 0/)
    expect(() => removeSegment(textOfIds([5], [6]), 2)).toThrow(/found segment 2; expected 0 to 1/)
  })

  test('a typed separator takes the place and the key of the old one', () => {
    const typed = { kind: 'sep', id: null, label: '[SEP_QA]', start: { type: 'zeros' } } as const
    const sequence = setSeparator(textOfIds([5], [6]), 0, typed)
    expect(labels(sequence)).toBe('[CLS] w5 [SEP_QA] w6 [SEP]')
    expect(sequence.tokens[2]).toMatchObject({ key: 2, start: { type: 'zeros' } })
    expect(setSeparator(sequence, 0, SEP)).toEqual(textOfIds([5], [6]))
  })
})

describe('separators between segments twice, as in RoBERTa', () => {
  const doubled = fromSegments(
    [[5], [6], [7]].map((ids) => ({ pieces: piecesOfIds(ids), separator: SEP, doubled: true })),
    CLS,
    SPECIALS,
  )

  test('open every segment but the first', () => {
    expect(labels(doubled)).toBe('[CLS] w5 [SEP] [SEP] w6 [SEP] [SEP] w7 [SEP]')
    expect(segmentIds(doubled, 2)).toEqual([0, 0, 0, 1, 1, 1, 0, 0, 0])
  })

  test('go with their segment, and stay before it when it is typed anew', () => {
    const rest = removeSegment(doubled, 1)
    expect(labels(rest)).toBe('[CLS] w5 [SEP] [SEP] w7 [SEP]')
    expect(labels(type(type(rest, 1, []), 1, [8]))).toBe('[CLS] w5 [SEP] [SEP] w8 [SEP]')
  })

  test('keep their places when positions are kept', () => {
    const kept = setPositionPolicy(insert(doubled, 1, UNTRAINED), 'keep')
    expect(textInput(kept, MODEL).positions).toEqual([0, 0, 1, 2, 3, 4, 5, 6, 7, 8])
  })
})

describe('typing', () => {
  test('equal text is the identity', () => {
    fc.assert(
      fc.property(text, (sequence) => {
        textsOf(sequence).forEach((ids, segment) => {
          expect(type(sequence, segment, ids)).toEqual(sequence)
        })
      }),
    )
  })

  test('gives the segment the new text and leaves all else, in order', () => {
    fc.assert(
      fc.property(text, fc.nat(), pieceIds, (sequence, at, ids) => {
        const segment = at % segmentCount(sequence)
        const typed = type(sequence, segment, ids)
        expect(textOf(typed, segment)).toEqual(ids)
        const others = ({ tokens }: Sequence) => tokens.filter((token) => !isPieceOf(segment)(token))
        expect(others(typed)).toEqual(others(sequence))
        const keys = typed.tokens.map((token) => token.key)
        expect(new Set(keys).size).toBe(keys.length)
        expect(Math.max(...keys)).toBeLessThan(typed.nextKey)
      }),
    )
  })

  test('in unedited text gives the unedited new text', () => {
    const bare = (sequence: Sequence) => sequence.tokens.map(({ key: _, ...token }) => token)
    fc.assert(
      fc.property(pieceIds, pieceIds, pieceIds, (first, before, after) => {
        expect(bare(type(textOfIds(first, before), 1, after))).toEqual(bare(textOfIds(first, after)))
      }),
    )
  })

  test('keeps the state of pieces that stay', () => {
    const masked = setStatus(setHidden(replace(textOfIds([5, 6, 7]), [2], MASK), [3], true), [1], 'masked')
    const typed = type(masked, 0, [8, 5, 6, 9, 7])
    expect(labels(typed)).toBe('[CLS] w8 w5 [MASK] w9 w7 [SEP]')
    expect(typed.tokens.filter((t) => t.key <= 3).map((t) => [t.key, t.status, t.hidden])).toEqual([
      [0, 'read', false],
      [1, 'masked', false],
      [2, 'read', false],
      [3, 'read', true],
    ])
    expect(labels(restoreOriginal(typed, [2]))).toBe('[CLS] w8 w5 w6 w9 w7 [SEP]')
  })

  test.each<[string, Edit, number[], string]>([
    [
      'a word rewritten behind an inserted token stays behind it',
      (s) => insert(s, 2, UNTRAINED),
      [5, 8, 7],
      '[CLS] w5 [REG] w8 w7 [SEP]',
    ],
    [
      'an added word follows the piece before it',
      (s) => insert(s, 2, UNTRAINED),
      [5, 8, 6, 7],
      '[CLS] w5 w8 [REG] w6 w7 [SEP]',
    ],
    [
      'a word added in front stands before the text',
      (s) => insert(s, 1, UNTRAINED),
      [8, 5, 6, 7],
      '[CLS] [REG] w8 w5 w6 w7 [SEP]',
    ],
    [
      'a word added at the end stands before what follows',
      (s) => insert(s, 4, UNTRAINED),
      [5, 6, 7, 8],
      '[CLS] w5 w6 w7 w8 [REG] [SEP]',
    ],
    [
      'an added word follows where its piece was moved',
      (s) => move(s, [2], 5),
      [5, 6, 8, 7],
      '[CLS] w5 w7 [SEP] w6 w8',
    ],
    ['inserted tokens survive the whole text', (s) => insert(s, 2, UNTRAINED), [], '[CLS] [REG] [SEP]'],
  ])('%s', (_, change, ids, expected) => {
    expect(labels(type(change(textOfIds([5, 6, 7])), 0, ids))).toBe(expected)
  })

  test('text typed where all was deleted stands before the separator', () => {
    const empty = insert(textOfIds([], [7]), 1, UNTRAINED)
    expect(labels(type(empty, 0, [5, 6]))).toBe('[CLS] [REG] w5 w6 [SEP] w7 [SEP]')
  })

  test('any edits and typing mixed keep every key unique', () => {
    const step: fc.Arbitrary<Edit> = fc.oneof(
      edit,
      fc.tuple(fc.nat(), pieceIds).map(
        ([at, ids]): Edit =>
          (s) =>
            type(s, at % segmentCount(s), ids),
      ),
    )
    fc.assert(
      fc.property(text, fc.array(step), (sequence, steps) => {
        const keys = steps.reduce((s, next) => next(s), sequence).tokens.map((token) => token.key)
        expect(new Set(keys).size).toBe(keys.length)
      }),
    )
  })

  test('takes no more than the square of the tokens, also when every second one changes', () => {
    const order = orderOfGrowth(2048, (count) => {
      const before = Array.from({ length: count }, (_, i) => 5 + (i % 7))
      const sequence = textOfIds(before)
      const pieces = piecesOfIds(before.map((id, i) => (i % 2 ? 1 : id)))
      return () => retokenise(sequence, 0, pieces, SPECIALS)
    })
    expect(order).toBeLessThan(2.5)
  })
})

describe('common subsequence', () => {
  const ids = fc.array(fc.nat(4), { maxLength: 30 })

  test('pairs equal elements in increasing order, and as many as the textbook recursion', () => {
    const longest = (a: number[], b: number[]): number => {
      const row = new Array<number>(b.length + 1).fill(0)
      for (const x of a) {
        let diagonal = 0
        b.forEach((y, j) => {
          const above = row[j + 1] as number
          row[j + 1] = x === y ? diagonal + 1 : Math.max(above, row[j] as number)
          diagonal = above
        })
      }
      return row[b.length] as number
    }
    fc.assert(
      fc.property(ids, ids, (before, after) => {
        const partner = commonSubsequence(before, after)
        const paired = partner.flatMap((i, j) => (i === -1 ? [] : [{ i, j }]))
        expect(paired.every(({ i, j }) => before[i] === after[j])).toBe(true)
        expect(paired.every(({ i }, n) => n === 0 || i > (paired[n - 1]?.i ?? 0))).toBe(true)
        expect(paired.length).toBe(longest(before, after))
      }),
    )
  })

  test('takes the middle as rewritten where both texts are huge', () => {
    const before = Array.from({ length: 3000 }, (_, i) => i)
    const after = before.map((i) => (i === 0 || i === 2999 ? i : 2999 - i))
    const partner = commonSubsequence(before, after)
    expect(partner.filter((i) => i !== -1)).toEqual([0, 2999])
  })
})
