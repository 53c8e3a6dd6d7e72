import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskBit } from '../core/mask.ts'
import { orderOfGrowth } from '../core/testing/time.ts'
import { insert, move, remove, setHidden, setStatus } from './edit.ts'
import {
  clear,
  DEFAULT_MASK,
  erase,
  invert,
  MASK_PRESETS,
  type MaskRule,
  type MaskSpec,
  paint,
  prune,
  readable,
  toMask,
} from './mask.ts'
import { anySequence, cells, type Edit, edit, maskSpec, PAD, STACK, textOfIds, UNTRAINED } from './testing/arbitrary.ts'
import { active } from './token.ts'

/** The readable keys of each row, as digits: what the table of a mask looks like. */
const table = (sequence: Parameters<typeof readable>[0], mask: MaskSpec, layer = 0) => {
  const mayRead = readable(sequence, mask)
  const rows = active(sequence).map((_, row) => row)
  return rows.map((q) => rows.map((k) => (mayRead(layer, q, k, 0) ? '1' : '0')).join(''))
}
const rules = (...list: MaskRule[]): MaskSpec => ({ rules: list, inverted: false, paint: [] })

describe('rules', () => {
  const padded = insert(textOfIds([5], [6]), 5, PAD) // [CLS] w5 [SEP] w6 [SEP] [PAD]
  test.each<[string, readonly MaskRule[], string[]]>([
    ['all', MASK_PRESETS.all, ['111111', '111111', '111111', '111111', '111111', '111111']],
    ['padding', MASK_PRESETS.padding, ['111110', '111110', '111110', '111110', '111110', '111110']],
    ['causal', MASK_PRESETS.causal, ['100000', '110000', '111000', '111100', '111110', '111110']],
    ['prefix', [{ type: 'prefix', length: 3 }], ['111000', '111000', '111000', '111100', '111110', '111111']],
    ['segments', MASK_PRESETS.segments, ['111000', '111000', '111000', '000110', '000110', '000110']],
    ['window', [{ type: 'window', radius: 1 }], ['110000', '111000', '011100', '001110', '000111', '000011']],
    ['clsReadsSep', MASK_PRESETS.clsReadsSep, ['001010', '111110', '111110', '111110', '111110', '111110']],
    ['nobodyReadsCls', MASK_PRESETS.nobodyReadsCls, ['011110', '011110', '011110', '011110', '011110', '011110']],
  ])('%s', (_, list, expected) => {
    expect(table(padded, rules(...list))).toEqual(expected)
  })

  test('a rule of some layers leaves the others alone', () => {
    const mask = rules({ type: 'causal', layers: [1] })
    expect(table(textOfIds([]), mask, 0)).toEqual(['11', '11'])
    expect(table(textOfIds([]), mask, 1)).toEqual(['10', '11'])
    expect(toMask(textOfIds([]), mask, { layers: 2, heads: 1 })).toEqual({
      layers: 2,
      bits: new Uint32Array([3, 3, 1, 3]),
    })
  })
})

describe('bits', () => {
  test('equal the predicate in every layer', () => {
    fc.assert(
      fc.property(anySequence, maskSpec, (sequence, mask) => {
        const tokens = active(sequence).length
        const packed = toMask(sequence, mask, STACK)
        const mayRead = readable(sequence, mask)
        const { bits, layers, heads = 1 } = packed
        for (let map = 0; map < STACK.layers * STACK.heads; map++) {
          const [layer, head] = [Math.floor(map / STACK.heads), map % STACK.heads]
          const plane = (layers === 1 ? 0 : layer * heads) + (heads === 1 ? 0 : head)
          for (let q = 0; q < tokens; q++) {
            for (let k = 0; k < tokens; k++) {
              expect(maskBit(bits, tokens, plane * tokens + q, k)).toBe(mayRead(layer, q, k, head))
            }
          }
        }
      }),
      { numRuns: 50 },
    )
  })

  test('do not change by hiding', () => {
    fc.assert(
      fc.property(anySequence, maskSpec, (sequence, mask) => {
        const keys = sequence.tokens.map((token) => token.key)
        const packed = toMask(sequence, mask, STACK)
        expect(toMask(setHidden(sequence, keys, true), mask, STACK)).toEqual(packed)
        expect(toMask(setHidden(sequence, keys, false), mask, STACK)).toEqual(packed)
      }),
    )
  })

  test('a masked token is a column of zeros, whatever is painted', () => {
    const mask = paint(DEFAULT_MASK, [{ layer: 'all', query: 0, key: 1, readable: true }])
    const sequence = setStatus(textOfIds([5, 6]), [1], 'masked')
    expect(table(sequence, mask)).toEqual(['1011', '1011', '1011', '1011'])
    expect(table(sequence, invert(DEFAULT_MASK))).toEqual(['0000', '0000', '0000', '0000'])
  })

  test('512 tokens take one plane, in the time of their cells', () => {
    const sequenceOf = (tokens: number) => textOfIds(Array.from({ length: tokens - 2 }, () => 5))
    const stack = { layers: 12, heads: 12 }
    expect(toMask(sequenceOf(512), DEFAULT_MASK, stack)).toMatchObject({ layers: 1, bits: { length: 512 * 16 } })
    const order = orderOfGrowth(2048, (tokens) => {
      const sequence = sequenceOf(tokens)
      return () => toMask(sequence, DEFAULT_MASK, stack)
    })
    expect(order).toBeLessThan(2.5)
  })
})

describe('paint', () => {
  test('follows its tokens through every edit', () => {
    const names = (sequence: Parameters<typeof readable>[0], mask: MaskSpec) => {
      const keys = active(sequence).map((token) => token.key)
      const mayRead = readable(sequence, mask)
      return new Map(keys.flatMap((q, i) => keys.map((k, j) => [`${q}/${k}`, mayRead(0, i, j)] as const)))
    }
    fc.assert(
      fc.property(cells, fc.array(edit, { maxLength: 6 }), (painted, edits: Edit[]) => {
        const sequence = edits.reduce((s, next) => next(s), textOfIds([5, 6, 7, 8], [9, 5]))
        const mask = paint(rules(), painted)
        const seen = names(sequence, mask)
        const masked = new Set(sequence.tokens.filter((t) => t.status === 'masked').map((t) => t.key))
        for (const [name, mayRead] of seen) {
          const [query, key] = name.split('/').map(Number) as [number, number]
          const over = mask.paint.filter((c) => c.query === query && c.key === key)
          const byHand = over.find((c) => c.layer === 0) ?? over.find((c) => c.layer === 'all')
          expect(mayRead).toBe(!masked.has(key) && (byHand?.readable ?? true))
        }
      }),
    )
  })

  test('moves with its token', () => {
    const mask = paint(DEFAULT_MASK, [{ layer: 'all', query: 0, key: 1, readable: false }])
    const sequence = textOfIds([5, 6])
    expect(table(sequence, mask)[0]).toBe('1011')
    expect(table(insert(sequence, 1, UNTRAINED), mask)[0]).toBe('11011')
    expect(table(move(sequence, [1], 4), mask)[0]).toBe('1110')
  })

  test('of removed tokens waits, that of vanished ones is pruned', () => {
    const sequence = insert(textOfIds([5]), 1, UNTRAINED) // keys 0 3 1 2
    const cell = { layer: 'all', readable: false } as const
    const mask = paint(DEFAULT_MASK, [
      { ...cell, query: 0, key: 1 },
      { ...cell, query: 0, key: 3 },
    ])
    const removed = remove(sequence, [1, 3])
    expect(prune(mask, removed).paint).toEqual([{ ...cell, query: 0, key: 1 }])
    expect(table(removed, mask)).toEqual(['11', '11'])
  })

  test('the later cell wins, and a cell of all layers covers each', () => {
    const at = { query: 0, key: 1 }
    const one = { ...at, layer: 2, readable: true }
    const all = { ...at, layer: 'all', readable: false } as const
    expect(paint(DEFAULT_MASK, [one, all]).paint).toEqual([all])
    expect(paint(DEFAULT_MASK, [all, one]).paint).toEqual([all, one])
    expect(table(textOfIds([]), paint(DEFAULT_MASK, [all, one]), 0)[0]).toBe('10')
    expect(table(textOfIds([]), paint(DEFAULT_MASK, [all, one]), 2)[0]).toBe('11')
  })

  test('cell by cell is the same as all at once', () => {
    fc.assert(
      fc.property(cells, (list) => {
        const single = list.reduce((mask, next) => paint(mask, [next]), DEFAULT_MASK)
        const show = ({ paint }: MaskSpec) => paint.map((c) => JSON.stringify(c)).sort()
        expect(show(paint(DEFAULT_MASK, list))).toEqual(show(single))
      }),
    )
  })

  test('erasing what was painted shows the rules; clearing and inverting twice too', () => {
    fc.assert(
      fc.property(anySequence, maskSpec, cells, (sequence, mask, list) => {
        const bare = clear(mask)
        expect(erase(paint(bare, list), list)).toEqual(bare)
        expect(clear(paint(mask, list))).toEqual(bare)
        expect(invert(invert(mask))).toEqual(mask)
        const open = setStatus(
          sequence,
          active(sequence).map((t) => t.key),
          'read',
        )
        const opposite = table(open, mask).map((row) => row.replace(/./g, (bit) => (bit === '1' ? '0' : '1')))
        expect(table(open, invert(mask))).toEqual(opposite)
      }),
    )
  })
})

describe('one sequence that reads another', () => {
  const queries = textOfIds([5], [6]) // [CLS] w5 [SEP] w6 [SEP]
  const keys = setStatus(insert(textOfIds([7]), 3, PAD), [1], 'masked') // [CLS] (w7) [SEP] [PAD]
  const lines = (mask: MaskSpec) => {
    const mayRead = readable(queries, mask, keys)
    return active(queries).map((_, q) =>
      active(keys)
        .map((__, k) => (mayRead(0, q, k) ? '1' : '0'))
        .join(''),
    )
  }

  test('has the rules of what is read, and paint by the keys of both', () => {
    expect(lines(DEFAULT_MASK)).toEqual(Array(5).fill('1010'))
    expect(lines(rules({ type: 'causal' }))).toEqual(['1000', '1000', '1010', '1011', '1011'])
    const never: MaskRule = { type: 'never', queries: ['sep'], keys: ['sep'] }
    expect(lines(rules(never))).toEqual(['1011', '1011', '1001', '1011', '1001'])
    const [, second] = active(queries)
    const pad = active(keys).at(-1)
    const cell = { layer: 'all' as const, query: second?.key ?? -1, key: pad?.key ?? -1, readable: true }
    expect(lines(paint(DEFAULT_MASK, [cell]))[1]).toBe('1011')
  })

  test('is packed row by row of those that read', () => {
    const { bits } = toMask(queries, DEFAULT_MASK, { layers: 2, heads: 1 }, keys)
    expect([...bits]).toEqual(Array(5).fill(0b0101))
  })
})
