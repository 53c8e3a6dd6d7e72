/** Random sequences and edits for the property tests of this folder. */

import fc from 'fast-check'
import { KINDS, type Kind, type Piece, type SpecialKind } from '../../core/tokens.ts'
import {
  insert,
  move,
  remove,
  replace,
  restoreOriginal,
  setHidden,
  setPosition,
  setSegment,
  setSegmentPolicy,
  setStatus,
} from '../edit.ts'
import type { Formula, Term } from '../formula.ts'
import { type MaskRule, type MaskSpec, type PaintedCell, paint } from '../mask.ts'
import { addRegisters, fromImage } from '../patches.ts'
import { fromSegments } from '../text.ts'
import type { Entry, Sequence } from '../token.ts'

/** A vocabulary of twenty rows: five special ones, then words. */
const VOCABULARY = 20
export const CLS: Entry = { kind: 'cls', id: 2, label: '[CLS]' }
export const SEP: Entry = { kind: 'sep', id: 3, label: '[SEP]' }
export const MASK: Entry = { kind: 'mask', id: 4, label: '[MASK]' }
export const PAD: Entry = { kind: 'pad', id: 0, label: '[PAD]' }
export const UNTRAINED: Entry = { kind: 'register', id: null, label: '[REG]', start: { type: 'zeros' } }
export const SPECIALS: ReadonlyMap<number, SpecialKind> = new Map([[1, 'unk']])
export const MODEL = { vocabSize: VOCABULARY, typeVocabSize: 2, maxPositions: 512 }

/** The pieces of a text given by their ids; row 1 is [UNK]. */
export function piecesOfIds(ids: readonly number[]): Piece[] {
  return ids.map((id, i) => ({
    id,
    label: id === 1 ? '[UNK]' : `w${id}`,
    text: `w${id}`,
    start: 3 * i,
    end: 3 * i + 2,
  }))
}

export function textOfIds(...segments: number[][]): Sequence {
  return fromSegments(
    segments.map((ids) => ({ pieces: piecesOfIds(ids), separator: SEP })),
    CLS,
    SPECIALS,
  )
}

export const pieceIds = fc.array(fc.constantFrom(1, 5, 6, 7, 8, 9), { maxLength: 7 })
const untouchedText = fc.array(pieceIds, { minLength: 1, maxLength: 4 }).map((segments) => textOfIds(...segments))
const untouchedImage = fc
  .record({ rows: fc.integer({ min: 1, max: 4 }), columns: fc.integer({ min: 1, max: 4 }), registers: fc.nat(3) })
  .map(({ rows, columns, registers }) => addRegisters(fromImage({ rows, columns }, registers), [{ type: 'mean' }]))

export type Edit = (sequence: Sequence) => Sequence

/** A valid edit of whatever sequence it is given, chosen by numbers. */
export const edit: fc.Arbitrary<Edit> = fc
  .record({ which: fc.nat(12), from: fc.nat(40), size: fc.integer({ min: 1, max: 3 }), to: fc.nat(40) })
  .map(({ which, from, size, to }) => (sequence) => {
    const { tokens } = sequence
    const first = from % (tokens.length + 1)
    const keys = tokens.slice(first, first + size).map((token) => token.key)
    const caret = to % (tokens.length + 1)
    const edits: Edit[] = [
      (s) => insert(s, caret, UNTRAINED),
      (s) => insert(s, caret, { ...UNTRAINED, kind: 'sep', label: '[SEP_QA]' }, size),
      (s) => move(s, keys, caret),
      (s) => remove(s, keys),
      (s) => setStatus(s, keys, 'masked'),
      (s) => setStatus(s, keys, 'read'),
      (s) => setHidden(s, keys, true),
      (s) => replace(s, keys, { ...UNTRAINED, kind: 'mask', label: '[MASK]' }),
      (s) => restoreOriginal(s, keys),
      (s) => setSegment(s, keys, to % 2),
      (s) => setPosition(s, keys, to),
      (s) => ({ ...s, positionPolicy: s.positionPolicy === 'renumber' ? 'keep' : s.positionPolicy }),
      (s) => setSegmentPolicy(s, s.segmentPolicy === 'text' ? 'separators' : 'text'),
    ]
    return (edits[which] as Edit)(sequence)
  })

const edits = fc.array(edit, { maxLength: 12 })
const edited = (sequence: Sequence, list: readonly Edit[]) => list.reduce((current, next) => next(current), sequence)

/** Any text, picture, or either, after any edits. */
export const text = fc.tuple(untouchedText, edits).map(([sequence, list]) => edited(sequence, list))
export const image = fc.tuple(untouchedImage, edits).map(([sequence, list]) => edited(sequence, list))
export const anySequence = fc.oneof(text, image)

export const STACK = { layers: 3, heads: 2 }
const layers = fc.option(fc.uniqueArray(fc.nat(STACK.layers - 1)), { nil: undefined })
const kinds = fc.subarray([...KINDS])
const side = fc.constantFrom('q' as const, 'k' as const)
const { term } = fc.letrec<{ term: Term }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 3 },
    fc.integer({ min: -4, max: 9 }),
    side,
    fc.constant('T' as const),
    fc.tuple(fc.constant('let' as const), fc.constantFrom('w', 'n', 'b'), fc.nat(5)),
    fc.tuple(fc.constantFrom('doc', 'place', 'run'), side),
    fc.tuple(fc.constant('count' as const), fc.constantFrom<Kind>('sep', 'word'), side),
    fc.tuple(fc.constantFrom('+', '-', '*', 'min', 'max'), tie('term'), tie('term')),
    fc.tuple(fc.constantFrom('//', '%'), tie('term'), fc.integer({ min: 1, max: 4 })),
    fc.tuple(fc.constant('abs' as const), tie('term')),
  ),
}))
/** Any formula of the mask language, a few levels deep. */
export const formula: fc.Arbitrary<Formula> = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 3 },
    fc.tuple(fc.constantFrom('<', '<=', '==', '!=', '>', '>='), term, term),
    fc.tuple(fc.constant('is' as const), side, kinds),
    fc.boolean(),
    fc.tuple(fc.constantFrom('and', 'or'), tie('formula'), tie('formula')),
    fc.tuple(fc.constant('not' as const), tie('formula')),
  ),
})).formula
const heads = fc.option(fc.uniqueArray(fc.nat(STACK.heads - 1)), { nil: undefined })
const rule: fc.Arbitrary<MaskRule> = fc.oneof(
  fc.record({ type: fc.constant('formula'), formula, layers, heads }),
  fc.record({ type: fc.constantFrom('padding', 'causal', 'segments'), layers }),
  fc.record({ type: fc.constant('prefix'), length: fc.nat(6), layers }),
  fc.record({ type: fc.constant('window'), radius: fc.nat(4), layers }),
  fc.record({ type: fc.constantFrom('only', 'never'), queries: kinds, keys: kinds, layers }),
)
const cell: fc.Arbitrary<PaintedCell> = fc.record({
  layer: fc.oneof(fc.constant('all' as const), fc.nat(STACK.layers - 1)),
  query: fc.nat(12),
  key: fc.nat(12),
  readable: fc.boolean(),
})
export const cells = fc.array(cell, { maxLength: 20 })
/** Any rules with any painted cells, in a model of three layers. */
export const maskSpec: fc.Arbitrary<MaskSpec> = fc
  .record({ rules: fc.array(rule, { maxLength: 3 }), inverted: fc.boolean(), cells })
  .map(({ cells, ...rest }) => paint({ ...rest, paint: [] }, cells))
