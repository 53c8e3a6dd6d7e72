import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
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
  setStart,
} from './edit.ts'
import { segmentIds } from './numbering.ts'
import { addRegisters, fromImage } from './patches.ts'
import { imageInput, textInput } from './run_input.ts'
import { CLS, edit, image, MASK, MODEL, PAD, SEP, text, textOfIds, UNTRAINED } from './testing/arbitrary.ts'
import { active, type Sequence } from './token.ts'

const positions = (sequence: Sequence, maxPositions = 512) => textInput(sequence, { ...MODEL, maxPositions }).positions
const segments = (sequence: Sequence) => segmentIds(sequence, MODEL.typeVocabSize)
const VIT = { registers: 3, maxPositions: 1 + 16 }

describe("RoBERTa's positions", () => {
  const model = { ...MODEL, maxPositions: 4, paddingIndex: 1 }
  const found = (sequence: Sequence) => textInput(sequence, model)

  test('come after the padding index, at which PADs stay without being counted', () => {
    const padded = insert(insert(textOfIds([5]), 1, PAD), 4, PAD)
    expect(found(padded).positions).toEqual([2, 1, 3, 4, 1])
  })

  test('end with the table, and give way to those set by hand', () => {
    const long = textOfIds([5, 6, 7])
    expect(found(long)).toMatchObject({ positions: [2, 3, 4, 5, 5], clamped: [4] })
    expect(found(setPosition(long, [0], 0)).positions[0]).toBe(0)
  })
})

describe('text input', () => {
  test('hiding never changes it', () => {
    fc.assert(
      fc.property(text, fc.nat(), (sequence, bits) => {
        fc.pre(active(sequence).length > 0)
        const keys = sequence.tokens.map((token) => token.key).filter((_, i) => (bits >> (i % 31)) & 1)
        const input = textInput(sequence, MODEL)
        expect(textInput(setHidden(sequence, keys, true), MODEL)).toEqual(input)
        expect(textInput(setHidden(sequence, keys, false), MODEL)).toEqual(input)
      }),
    )
  })

  test('has a row for each active token, inside the tables of the model', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 8 }), (sequence, maxPositions) => {
        fc.pre(active(sequence).length > 0)
        const input = textInput(sequence, { ...MODEL, maxPositions })
        const untrained = active(sequence).filter((token) => token.start)
        expect(input.keys).toEqual(active(sequence).map((token) => token.key))
        expect(input.extras).toEqual(untrained.map((token) => token.start))
        expect(input.ids.filter((id) => id >= MODEL.vocabSize)).toEqual(untrained.map((_, e) => MODEL.vocabSize + e))
        for (const list of [input.ids, input.positions, input.segments]) expect(list).toHaveLength(input.keys.length)
        expect(input.positions.every((p) => p >= 0 && p < maxPositions)).toBe(true)
        expect(input.segments.every((s) => s === 0 || s === 1)).toBe(true)
      }),
    )
  })

  test('is what transformers gives for an unedited pair', () => {
    expect(textInput(textOfIds([5, 6], [7]), MODEL)).toEqual({
      keys: [0, 1, 2, 3, 4, 5],
      ids: [2, 5, 6, 3, 7, 3],
      positions: [0, 1, 2, 3, 4, 5],
      segments: [0, 0, 0, 0, 1, 1],
      extras: [],
      clamped: [],
    })
  })

  test('a sequence with no active token, and a row the model lacks, are input errors', () => {
    expect(() => textInput(remove(textOfIds([]), [0, 1]), MODEL)).toThrow(/Every token is removed/)
    expect(() => textInput(textOfIds([5]), { ...MODEL, vocabSize: 5 })).toThrow(
      /w5: found row 5; expected a row from 0 to 4/,
    )
  })
})

describe('position ids', () => {
  const sequence = insert(textOfIds([5, 6]), 2, UNTRAINED) // [CLS] w5 [REG] w6 [SEP]
  const keep = setPositionPolicy(sequence, 'keep')

  test('renumber counts the active tokens', () => {
    fc.assert(
      fc.property(text, (any) => {
        const byHand = any.tokens.some((token) => token.positionId !== undefined)
        fc.pre(!byHand && active(any).length > 0)
        const renumbered = setPositionPolicy(any, 'renumber')
        expect(positions(renumbered)).toEqual(active(any).map((_, t) => t))
      }),
    )
  })

  test('keep: the text keeps its ids, an inserted token takes its neighbour’s', () => {
    expect(positions(sequence)).toEqual([0, 1, 2, 3, 4])
    expect(positions(keep)).toEqual([0, 1, 1, 2, 3])
    expect(positions(insert(keep, 0, UNTRAINED, 2))).toEqual([0, 0, 0, 1, 1, 2, 3])
    expect(positions(remove(keep, [1]))).toEqual([0, 0, 2, 3])
    expect(positions(move(keep, [0], 5))).toEqual([1, 1, 2, 3, 0])
  })

  test('set by hand wins, and neighbours take it', () => {
    expect(positions(setPosition(keep, [1], 9))).toEqual([0, 9, 9, 2, 3])
    expect(positions(setPosition(sequence, [1], 9))).toEqual([0, 9, 2, 3, 4])
  })

  test('what lies beyond the table is clamped, and said', () => {
    const input = textInput(sequence, { ...MODEL, maxPositions: 3 })
    expect(input.positions).toEqual([0, 1, 2, 2, 2])
    expect(input.clamped).toEqual([2, 3])
    expect(positions(setPosition(sequence, [0], -1))[0]).toBe(0)
  })
})

describe('segment ids', () => {
  test('alternate at separators; PAD is A', () => {
    expect(segments(textOfIds([5], [6], [7], []))).toEqual([0, 0, 0, 1, 1, 0, 0, 1])
    expect(segments(insert(textOfIds([5]), 3, PAD, 2))).toEqual([0, 0, 0, 0, 0])
  })

  test('of the others are held, whatever is inserted, moved, removed or replaced', () => {
    const pair = textOfIds([5, 6], [7, 8])
    expect(segments(insert(pair, 2, SEP))).toEqual([0, 0, 0, 0, 0, 1, 1, 1])
    expect(segments(remove(pair, [3]))).toEqual([0, 0, 0, 1, 1, 1])
    expect(segments(move(pair, [3], 1))).toEqual([0, 0, 0, 0, 1, 1, 1])
    expect(segments(replace(pair, [1], SEP))).toEqual([0, 0, 0, 0, 1, 1, 1])
    expect(segments(insert(pair, 4, CLS))).toEqual([0, 0, 0, 0, 0, 1, 1, 1])
    expect(segments(insert(pair, 0, CLS))).toEqual([0, 0, 0, 0, 0, 1, 1, 1])
  })

  test('hold for any edit of tokens: only what was not there before, or was set by hand, has another', () => {
    fc.assert(
      fc.property(text, fc.array(edit, { maxLength: 8 }), (before, list) => {
        const start = setSegmentPolicy(before, 'text')
        const after = setSegmentPolicy(
          list.reduce((s, next) => next(s), start),
          'text',
        )
        const ids = ({ tokens }: Sequence, of: number[]) =>
          new Map(active({ ...start, tokens }).map((t, i) => [t.key, of[i]]))
        const [was, is] = [ids(start, segments(start)), ids(after, segments(after))]
        const byHand = new Set(
          [...start.tokens, ...after.tokens].flatMap(({ key, segmentId, origin }) =>
            segmentId !== undefined || origin.type === 'inserted' ? [key] : [],
          ),
        )
        for (const [key, segment] of is) if (was.has(key) && !byHand.has(key)) expect(segment).toBe(was.get(key))
      }),
    )
  })

  test('by the separators where the reader asks for it', () => {
    const pair = setSegmentPolicy(textOfIds([5, 6], [7]), 'separators')
    expect(segments(insert(pair, 2, SEP))).toEqual([0, 0, 0, 1, 1, 0, 0])
    expect(segments(remove(pair, [3]))).toEqual([0, 0, 0, 0, 0])
  })

  test('set by hand wins, within the table', () => {
    expect(segments(setSegment(textOfIds([5], [6]), [0, 1], 1))).toEqual([1, 1, 0, 1, 1])
    expect(segments(setSegment(textOfIds([5]), [1], 7))).toEqual([0, 1, 0])
  })

  test('are 0 in a model with one segment', () => {
    expect(textInput(textOfIds([5], [6]), { ...MODEL, typeVocabSize: 1 }).segments).toEqual([0, 0, 0, 0, 0])
  })
})

describe('image input', () => {
  test('hiding never changes it', () => {
    fc.assert(
      fc.property(image, (sequence) => {
        fc.pre(active(sequence).length > 0)
        const keys = sequence.tokens.map((token) => token.key)
        expect(imageInput(setHidden(sequence, keys, true), VIT)).toEqual(imageInput(sequence, VIT))
      }),
    )
  })

  test('numbers patches, trained specials and extras', () => {
    const grown = addRegisters(fromImage({ rows: 1, columns: 3 }, 1), [{ type: 'zeros' }, { type: 'mean' }])
    expect(imageInput(grown, { registers: 1, maxPositions: 4 })).toEqual({
      keys: [0, 1, 5, 6, 2, 3, 4],
      sources: [-1, -2, -3, -4, 0, 1, 2],
      positions: [0, -1, -1, -1, 1, 2, 3],
      extras: [{ type: 'zeros' }, { type: 'mean' }],
      clamped: [],
    })
  })

  test('a patch replaced by a start vector keeps its position, a copy of CLS is CLS again', () => {
    const picture = fromImage({ rows: 1, columns: 2 }, 0)
    const replaced = replace(picture, [2], { ...MASK, id: null, start: { type: 'mean' } })
    expect(imageInput(replaced, { registers: 0, maxPositions: 3 })).toMatchObject({
      sources: [-1, 0, -2],
      positions: [0, 1, 2],
    })
    const copied = insert(picture, 1, { ...CLS, id: 0 })
    expect(imageInput(copied, { registers: 0, maxPositions: 3 })).toMatchObject({
      sources: [-1, -1, 0, 1],
      positions: [0, 0, 1, 2],
    })
  })

  test('positions can be switched off and shuffled by hand', () => {
    const picture = setPosition(setPosition(fromImage({ rows: 1, columns: 2 }, 0), [1], 2), [2], -1)
    expect(imageInput(picture, { registers: 0, maxPositions: 3 }).positions).toEqual([0, 2, -1])
  })

  test('a scaled CLS start vector takes the place of the trained one', () => {
    const scaled = setStart(fromImage({ rows: 1, columns: 1 }, 0), [0], { type: 'copy', of: 0, scale: 50 })
    expect(imageInput(scaled, { registers: 0, maxPositions: 2 })).toMatchObject({
      sources: [-2, 0],
      positions: [0, 1],
      extras: [{ type: 'copy', of: 0, scale: 50 }],
    })
  })
})
