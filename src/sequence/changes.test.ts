import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Document, documentEdit, editBetween, type Numbered, renumbered, withNumbersOf } from './changes.ts'
import {
  insert,
  move,
  remove,
  replace,
  setHidden,
  setPosition,
  setPositionPolicy,
  setSegment,
  setSegmentPolicy,
  setStatus,
} from './edit.ts'
import { clear, DEFAULT_MASK, invert, paint } from './mask.ts'
import { textInput } from './run_input.ts'
import { edit, MASK, MODEL, piecesOfIds, SEP, SPECIALS, text, textOfIds } from './testing/arbitrary.ts'
import { retokenise } from './text.ts'
import { active, type Sequence } from './token.ts'

const numbered = (sequence: Sequence): Numbered => ({ tokens: active(sequence), ...textInput(sequence, MODEL) })
const PAIR = textOfIds([5, 6], [7]) // keys: [CLS] 0, 5 → 1, 6 → 2, [SEP] 3, 7 → 4, [SEP] 5

describe('what else an edit changed', () => {
  test('an inserted [SEP] moves the positions behind it, and no segment', () => {
    const grown = insert(PAIR, 2, SEP)
    expect(renumbered(numbered(PAIR), numbered(grown))).toEqual({
      positions: [
        { key: 2, from: 2, to: 3 },
        { key: 3, from: 3, to: 4 },
        { key: 4, from: 4, to: 5 },
        { key: 5, from: 5, to: 6 },
      ],
      segments: [],
    })
    expect(renumbered(numbered(PAIR), numbered(setPositionPolicy(grown, 'keep'))).positions).toEqual([])
  })

  test('segments from the separators are listed, too', () => {
    const grown = setSegmentPolicy(insert(PAIR, 2, SEP), 'separators')
    expect(renumbered(numbered(PAIR), numbered(grown)).segments).toEqual([
      { key: 2, from: 0, to: 1 },
      { key: 3, from: 0, to: 1 },
      { key: 4, from: 1, to: 0 },
      { key: 5, from: 1, to: 0 },
    ])
  })

  test('the token only: whatever was edited, every other token has the numbers it had', () => {
    fc.assert(
      fc.property(text, fc.array(edit, { maxLength: 8 }), (before, list) => {
        const after = list.reduce((s, next) => next(s), before)
        fc.pre(active(before).length > 0 && active(after).length > 0)
        const held = withNumbersOf(after, numbered(before))
        expect(active(held).map(({ key }) => key)).toEqual(active(after).map(({ key }) => key))
        expect(renumbered(numbered(before), numbered(held))).toEqual({ positions: [], segments: [] })
      }),
    )
  })

  test('the token only: what is new takes its neighbour’s numbers', () => {
    const held = numbered(withNumbersOf(insert(PAIR, 2, SEP), numbered(PAIR)))
    expect(held.positions).toEqual([0, 1, 1, 2, 3, 4, 5])
    expect(held.segments).toEqual([0, 0, 0, 0, 0, 1, 1])
  })
})

describe('the name of an edit', () => {
  test.each<[string, (s: Sequence) => Sequence, string | null, number[]]>([
    ['insert', (s) => insert(s, 2, SEP, 2), 'inserted', [6, 7]],
    ['remove', (s) => remove(s, [1]), 'removed', [1]],
    ['mask', (s) => setStatus(s, [1, 2], 'masked'), 'masked', [1, 2]],
    ['hide', (s) => setHidden(s, [4], true), 'hidden', [4]],
    ['replace', (s) => replace(s, [4], MASK), 'replaced', [4]],
    ['move', (s) => move(s, [3], 2), 'moved', [2]],
    ['type', (s) => retokenise(s, 0, piecesOfIds([5, 8, 6]), SPECIALS), 'typed', [6]],
    ['segment by hand', (s) => setSegment(s, [1], 1), 'segmented', [1]],
    ['position by hand', (s) => setPosition(s, [2], 7), 'positioned', [2]],
    ['nothing', (s) => s, null, []],
  ])('%s', (_, change, type, keys) => {
    const found = editBetween(PAIR, change(PAIR))
    expect(found?.type ?? null).toBe(type)
    expect(found?.tokens.map(({ key }) => key) ?? []).toEqual(keys)
  })

  test('there and back: restored, unmasked, shown, removed', () => {
    const back = (change: (s: Sequence) => Sequence) => editBetween(change(PAIR), PAIR)?.type
    expect(back((s) => remove(s, [1]))).toBe('restored')
    expect(back((s) => setStatus(s, [1], 'masked'))).toBe('unmasked')
    expect(back((s) => setHidden(s, [1], true))).toBe('shown')
    expect(back((s) => insert(s, 1, SEP))).toBe('removed')
  })
})

describe('the name of an edit of the whole document', () => {
  const doc: Document = { sequence: PAIR, mask: DEFAULT_MASK, ablated: [] }
  const cell = { layer: 'all', query: 0, key: 1, readable: false } as const
  const painted = paint(DEFAULT_MASK, [cell, { ...cell, key: 2 }])

  test.each<[string, Partial<Document>, object]>([
    ['tokens before the rest', { sequence: setHidden(PAIR, [4], true), ablated: [[0, 1]] }, { type: 'hidden' }],
    ['positions', { sequence: setPositionPolicy(PAIR, 'keep') }, { type: 'positions' }],
    ['segments', { sequence: setSegmentPolicy(PAIR, 'separators') }, { type: 'segments' }],
    ['a rule', { mask: { ...DEFAULT_MASK, rules: [{ type: 'causal' }] } }, { type: 'rules' }],
    ['the opposite', { mask: invert(DEFAULT_MASK) }, { type: 'inverted' }],
    ['paint', { mask: painted }, { type: 'painted', cells: 2 }],
    [
      'heads',
      {
        ablated: [
          [1, 2],
          [0, 1],
        ],
      },
      {
        type: 'off',
        heads: [
          [1, 2],
          [0, 1],
        ],
      },
    ],
  ])('%s', (_, change, named) => {
    expect(documentEdit(doc, { ...doc, ...change })).toMatchObject(named)
  })

  test('there and back', () => {
    expect(documentEdit({ ...doc, mask: painted }, { ...doc, mask: clear(painted) })).toEqual({
      type: 'painted',
      cells: 2,
    })
    expect(documentEdit({ ...doc, ablated: [[1, 2]] }, doc)).toEqual({ type: 'on', heads: [[1, 2]] })
    expect(documentEdit(doc, { ...doc, ablated: [], mask: { ...DEFAULT_MASK } })).toBeNull()
  })

  test('any edit of tokens that changes what is run has a name', () => {
    fc.assert(
      fc.property(text, edit, (before, change) => {
        const after = change(before)
        // What stood there before a replacement is no part of what is run.
        const rows = ({ tokens }: Sequence) =>
          JSON.stringify(
            tokens.map(({ key, kind, id, label, start, status, hidden, segmentId, positionId }) => [
              [key, kind, id, label, status, hidden],
              [start, segmentId, positionId],
            ]),
          )
        fc.pre(rows(before) !== rows(after))
        expect(documentEdit({ ...doc, sequence: before }, { ...doc, sequence: after })).not.toBeNull()
      }),
      { numRuns: 2000 },
    )
  })
})
