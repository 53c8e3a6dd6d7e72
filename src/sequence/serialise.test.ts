import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { insert, move, remove, replace, setStatus } from './edit.ts'
import { DEFAULT_MASK, type MaskSpec, paint } from './mask.ts'
import { fromImage } from './patches.ts'
import { decodeTokens, encodeTokens } from './serialise.ts'
import { tokensSchema } from './serialise_schema.ts'
import { edit, MASK, maskSpec, PAD, pieceIds, textOfIds, UNTRAINED } from './testing/arbitrary.ts'
import type { Sequence } from './token.ts'

/** The same sequence and mask with the keys a link gives: those of the base, then the inserted tokens in order. */
function withLinkKeys(sequence: Sequence, mask: MaskSpec, base: Sequence) {
  const keys = new Map<number, number>()
  let { nextKey } = base
  for (const { key, origin } of sequence.tokens) {
    const home = base.tokens.find((token) => JSON.stringify(token.origin) === JSON.stringify(origin))
    keys.set(key, origin.type === 'inserted' || !home ? nextKey++ : home.key)
  }
  const tokens = sequence.tokens.map((token) => ({ ...token, key: keys.get(token.key) as number }))
  const cells = mask.paint.flatMap((cell) => {
    const [query, key] = [keys.get(cell.query), keys.get(cell.key)]
    return query === undefined || key === undefined ? [] : [{ ...cell, query, key }]
  })
  const paintOrder = (spec: MaskSpec) => ({ ...spec, paint: new Set(spec.paint.map((cell) => JSON.stringify(cell))) })
  return { sequence: { ...sequence, tokens, nextKey }, mask: paintOrder({ ...mask, paint: cells }), paintOrder }
}

const bases = fc.oneof(
  fc.array(pieceIds, { minLength: 1, maxLength: 4 }).map((ids) => textOfIds(...ids)),
  fc.record({ rows: fc.nat(4), columns: fc.nat(4) }).map((grid) => fromImage(grid, 2)),
)
const edits = fc.array(edit, { maxLength: 12 })

describe('permalinks of tokens', () => {
  test('come back as they went, through JSON', () => {
    fc.assert(
      fc.property(bases, edits, maskSpec, (base, list, mask) => {
        const sequence = list.reduce((s, next) => next(s), base)
        const link = JSON.stringify(encodeTokens(sequence, mask, base))
        const decoded = decodeTokens(JSON.parse(link), base)
        const expected = withLinkKeys(sequence, mask, base)
        expect(decoded.sequence).toEqual(expected.sequence)
        expect({ ...decoded.mask, paint: expected.paintOrder(decoded.mask).paint }).toEqual(expected.mask)
        expect(decoded.problem).toBeNull()
        expect(JSON.stringify(encodeTokens(decoded.sequence, decoded.mask, base))).toBe(link)
      }),
    )
  })

  test('keep a cell of one layer over one of all layers, whichever row was painted first', () => {
    const base = textOfIds([5, 6, 7])
    const cell = { query: 1, readable: false }
    const first = paint(DEFAULT_MASK, [{ ...cell, layer: 1, key: 0 }])
    const mask = paint(first, [
      { ...cell, layer: 'all', key: 4, readable: true },
      { ...cell, layer: 1, key: 4 },
    ])
    expect(mask.paint).toHaveLength(3)
    const back = decodeTokens(encodeTokens(base, mask, base), base).mask.paint
    expect(new Set(back.map((one) => JSON.stringify(one)))).toEqual(
      new Set(mask.paint.map(({ layer, query, key, readable }) => JSON.stringify({ layer, query, key, readable }))),
    )
  })

  test('say nothing of what was not touched', () => {
    expect(encodeTokens(textOfIds([5, 6], [7]), DEFAULT_MASK, textOfIds([5, 6], [7]))).toEqual({})
  })

  test('spell out runs, not tokens', () => {
    const base = textOfIds([5, 6, 7])
    const masked = setStatus(insert(base, 5, PAD, 100), [1, 2, 3], 'masked')
    const mask = paint(
      DEFAULT_MASK,
      [1, 2, 3].map((key) => ({ layer: 0, query: 0, key, readable: true })),
    )
    expect(encodeTokens(masked, mask, base)).toEqual({
      strip: [
        [0, 5],
        [PAD, 100],
      ],
      states: [{ status: 'masked', at: [[1, 3]] }],
      paint: [{ layer: 0, query: 0, keys: [[1, 3]], readable: true }],
    })
  })

  test('made for a longer text apply what fits, and say what does not', () => {
    const long = textOfIds([5, 6, 7, 8])
    const edited = remove(replace(move(insert(long, 1, UNTRAINED), [0], 3), [5], MASK), [4])
    const { sequence, problem } = decodeTokens(encodeTokens(edited, DEFAULT_MASK, long), textOfIds([5]))
    expect(sequence.tokens.map((token) => token.label)).toEqual(['[REG]', 'w5', '[CLS]', '[SEP]'])
    expect(problem).toMatchObject({ code: 'state', message: expect.stringMatching(/made for another text/) })
  })

  test('made for a shorter text put the rest at the end', () => {
    const short = textOfIds([5])
    const link = encodeTokens(move(short, [0], 3), DEFAULT_MASK, short)
    const { sequence, problem } = decodeTokens(link, textOfIds([5], [6]))
    expect(sequence.tokens.map((token) => token.label)).toEqual(['w5', '[SEP]', '[CLS]', 'w6', '[SEP]'])
    expect(problem).toMatchObject({ code: 'state' })
  })

  test('cannot ask for a million tokens', () => {
    const { sequence, problem } = decodeTokens(
      { strip: Array.from({ length: 100 }, () => [PAD, 16384]) },
      textOfIds([5]),
    )
    expect(sequence.tokens).toHaveLength(3 + 1024)
    expect(problem).toMatchObject({ code: 'state' })
  })

  test.each([
    ['no object', 'tokens'],
    ['an unknown kind', { strip: [[{ kind: 'ghost', id: 1, label: 'x' }, 1]] }],
    ['a token without an embedding', { strip: [[{ kind: 'register', id: null, label: 'x' }, 1]] }],
    ['a negative place', { states: [{ at: [[-1, 1]], status: 'masked' }] }],
    ['an unknown status', { states: [{ at: [[0, 1]], status: 'gone' }] }],
    ['an unknown rule', { rules: [{ type: 'everything' }] }],
    ['a scale that is no number', { states: [{ at: [[0, 1]], start: { type: 'copy', of: 0, scale: 'big' } }] }],
  ])('with %s are not let through', (_, data) => {
    expect(tokensSchema.safeParse(data).success).toBe(false)
  })

  test('that are any JSON are let through only where they give a sequence', () => {
    const parts = { strip: fc.jsonValue(), states: fc.jsonValue(), rules: fc.jsonValue(), paint: fc.jsonValue() }
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record(parts, { requiredKeys: [] })), (data) => {
        const { success, data: tokens } = tokensSchema.safeParse(data)
        if (success) expect(decodeTokens(tokens, textOfIds([5])).sequence.tokens.length).toBeGreaterThan(0)
      }),
    )
  })
})
