import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ClsroomError } from '../core/errors.ts'
import {
  insert,
  keysBetween,
  move,
  remove,
  replace,
  restoreOriginal,
  setHidden,
  setPosition,
  setSegment,
  setStart,
  setStatus,
} from './edit.ts'
import { anySequence, MASK, SEP, textOfIds, UNTRAINED } from './testing/arbitrary.ts'
import type { Sequence, Token } from './token.ts'

const caretIn = ({ tokens }: Sequence, at: number) => at % (tokens.length + 1)
const keysOf = ({ tokens }: Sequence) => tokens.map((token) => token.key)
/** Some of the keys: those whose bit is set. */
const someKeys = (sequence: Sequence, bits: number) => keysOf(sequence).filter((_, i) => (bits >> (i % 31)) & 1)

describe('edits', () => {
  test('insert then remove is the identity', () => {
    fc.assert(
      fc.property(anySequence, fc.nat(), fc.integer({ min: 1, max: 4 }), (sequence, at, count) => {
        const grown = insert(sequence, caretIn(sequence, at), UNTRAINED, count)
        const keys = Array.from({ length: count }, (_, i) => sequence.nextKey + i)
        expect({ ...remove(grown, keys), nextKey: sequence.nextKey }).toEqual(sequence)
      }),
    )
  })

  test('moving a token there and back is the identity', () => {
    fc.assert(
      fc.property(anySequence, fc.nat(), fc.nat(), (sequence, from, to) => {
        fc.pre(sequence.tokens.length > 0)
        const i = from % sequence.tokens.length
        const { key } = sequence.tokens[i] as Token
        const moved = move(sequence, [key], caretIn(sequence, to))
        const j = keysOf(moved).indexOf(key)
        expect(move(moved, [key], j < i ? i + 1 : i)).toEqual(sequence)
      }),
    )
  })

  test('moving keeps all tokens and the order of the moved and of the others', () => {
    fc.assert(
      fc.property(anySequence, fc.nat(), fc.nat(), (sequence, bits, to) => {
        const keys = someKeys(sequence, bits)
        const moved = keysOf(move(sequence, keys, caretIn(sequence, to)))
        expect(moved.filter((key) => keys.includes(key))).toEqual(keys)
        const others = (list: number[]) => list.filter((key) => !keys.includes(key))
        expect(others(moved)).toEqual(others(keysOf(sequence)))
      }),
    )
  })

  test('keys stay unique and below nextKey after any edits', () => {
    fc.assert(
      fc.property(anySequence, (sequence) => {
        const keys = keysOf(sequence)
        expect(new Set(keys).size).toBe(keys.length)
        expect(keys.every((key) => key < sequence.nextKey)).toBe(true)
      }),
    )
  })

  test('with any keys and carets give a sequence or an input error', () => {
    const numbers = fc.oneof(fc.integer({ min: -2, max: 12 }), fc.double())
    fc.assert(
      fc.property(anySequence, fc.array(numbers), numbers, fc.nat(7), (sequence, keys, at, which) => {
        const edits = [
          () => insert(sequence, at, UNTRAINED),
          () => move(sequence, keys, at),
          () => remove(sequence, keys),
          () => replace(sequence, keys, MASK),
          () => setStatus(sequence, keys, 'masked'),
          () => setSegment(sequence, keys, at),
          () => setPosition(sequence, keys, at),
          () => ({ tokens: keysBetween(sequence, at, at) }),
        ]
        try {
          expect(edits[which]?.().tokens).toBeDefined()
        } catch (error) {
          expect(error).toMatchObject({ name: 'ClsroomError', code: 'input' })
        }
      }),
    )
  })

  test('a sequence is plain JSON', () => {
    fc.assert(
      fc.property(anySequence, (sequence) => {
        expect(JSON.parse(JSON.stringify(sequence))).toEqual(sequence)
      }),
    )
  })

  test('replacing, however often, and restoring is the identity', () => {
    fc.assert(
      fc.property(anySequence, fc.nat(), (sequence, bits) => {
        const keys = someKeys(sequence, bits)
        const plain = restoreOriginal(sequence, keys)
        const replaced = replace(replace(plain, keys, MASK), keys, UNTRAINED)
        expect(restoreOriginal(replaced, keys)).toEqual(plain)
      }),
    )
  })

  test('what belongs to the text is restored after removal, what was inserted is gone', () => {
    const sequence = insert(textOfIds([5, 6]), 1, UNTRAINED)
    const keys = keysOf(sequence)
    const removed = remove(sequence, keys)
    expect(removed.tokens.map((token) => token.status)).toEqual(['removed', 'removed', 'removed', 'removed'])
    expect(setStatus(removed, keysOf(removed), 'read').tokens).toEqual(textOfIds([5, 6]).tokens)
  })

  test('ids, starts and display set by hand are taken back', () => {
    fc.assert(
      fc.property(fc.nat(), (bits) => {
        const sequence = textOfIds([5, 6], [7])
        const keys = someKeys(sequence, bits)
        const byHand = setStart(setPosition(setSegment(setHidden(sequence, keys, true), keys, 1), keys, 9), keys, {
          type: 'mean',
        })
        const back = setStart(
          setPosition(setSegment(setHidden(byHand, keys, false), keys, undefined), keys, undefined),
          keys,
          undefined,
        )
        expect(back).toEqual(sequence)
      }),
    )
  })

  test('an untrained token keeps its start vector: it has no trained one', () => {
    const sequence = insert(textOfIds([5]), 1, UNTRAINED)
    expect(setStart(sequence, [sequence.nextKey - 1], undefined)).toEqual(sequence)
  })

  test('a range holds both ends, in order, whichever comes first', () => {
    const sequence = move(textOfIds([5, 6, 7]), [0], 3) // keys 1 2 0 3 4
    expect(keysBetween(sequence, 1, 3)).toEqual([1, 2, 0, 3])
    expect(keysBetween(sequence, 3, 2)).toEqual([2, 0, 3])
    expect(keysBetween(sequence, 4, 4)).toEqual([4])
  })

  test.each<[string, (sequence: Sequence) => unknown]>([
    ['an unknown key', (s) => remove(s, [99])],
    ['an unknown end of a range', (s) => keysBetween(s, 0, 99)],
    ['a caret outside', (s) => insert(s, 5, SEP)],
    ['half a caret', (s) => move(s, [0], 0.5)],
    ['a negative segment', (s) => setSegment(s, [0], -1)],
    ['a position that is no number', (s) => setPosition(s, [0], Number.NaN)],
    ['a token with no embedding', (s) => insert(s, 0, { kind: 'register', id: null, label: '[REG]' })],
  ])('%s is an input error', (_, bad) => {
    expect(() => bad(textOfIds([5, 6]))).toThrow(expect.objectContaining({ name: 'ClsroomError', code: 'input' }))
    expect(() => bad(textOfIds([5, 6]))).toThrow(ClsroomError)
  })
})
