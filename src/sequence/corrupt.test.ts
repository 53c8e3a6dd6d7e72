import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { corrupt, drawSpans, drawUnits, pieceUnits, type Unit, wordUnits } from './corrupt.ts'
import { insert, restoreOriginal } from './edit.ts'
import { MASK, text, textOfIds, UNTRAINED } from './testing/arbitrary.ts'
import { active, type Entry, isContent } from './token.ts'

const ratios = fc.double({ min: 0, max: 1, noNaN: true })
const long = textOfIds(Array.from({ length: 400 }, (_, i) => 5 + (i % 5)))
const randomWord = (u: number): Entry => {
  const id = 5 + Math.floor(5 * u)
  return { kind: 'word', id, label: `w${id}` }
}
const tokensOf = (units: readonly Unit[]) => units.flat().length

describe('units', () => {
  test('pieces are the active content tokens', () => {
    expect(pieceUnits(insert(textOfIds([5, 1], [6]), 2, UNTRAINED))).toEqual([[1], [2], [4]])
  })

  test('words take in the pieces that continue them, across nothing but content', () => {
    const continues = ({ id }: Entry) => id === 9
    expect(wordUnits(textOfIds([5, 9, 9, 6], [9, 7]), continues)).toEqual([[1, 2, 3], [4], [6], [7]])
    expect(wordUnits(insert(textOfIds([5, 9]), 2, UNTRAINED), continues)).toEqual([[1], [2]])
  })
})

describe('drawing', () => {
  test('pieces: the ratio rounded, at least one, the same for the same seed', () => {
    fc.assert(
      fc.property(text, ratios, fc.nat(), (sequence, ratio, seed) => {
        const units = pieceUnits(sequence)
        const drawn = drawUnits(units, ratio, seed)
        const wanted = ratio === 0 ? 0 : Math.max(1, Math.round(units.length * ratio))
        expect(drawn).toHaveLength(Math.min(units.length, wanted))
        expect(drawn).toEqual(units.filter((unit) => drawn.includes(unit)))
        expect(drawUnits(units, ratio, seed)).toEqual(drawn)
      }),
    )
  })

  test('words: never more tokens than the ratio allows', () => {
    const words = wordUnits(long, ({ id }) => id === 6 || id === 7)
    expect(tokensOf(drawUnits(words, 0.15, 7))).toBeLessThanOrEqual(60)
    expect(tokensOf(drawUnits(words, 0.15, 7))).toBeGreaterThan(57)
  })

  test('spans: neighbours, apart from one another, up to the ratio', () => {
    fc.assert(
      fc.property(text, ratios, fc.nat(), (sequence, ratio, seed) => {
        const units = pieceUnits(sequence)
        const spans = drawSpans(sequence, units, ratio, seed)
        const rows = new Map(active(sequence).map((token, row) => [token.key, row]))
        const places = spans.map((span) => span.map((key) => rows.get(key) as number))
        for (const place of places) expect(place).toEqual(place.map((_, i) => (place[0] as number) + i))
        expect(new Set(places.flat()).size).toBe(tokensOf(spans))
        expect(tokensOf(spans)).toBe(tokensOf(drawUnits(units, ratio, seed)))
      }),
    )
  })

  test('spans: lengths up to 10, 3.8 in the mean where there is room', () => {
    const lengths = Array.from({ length: 2000 }, (_, seed) => drawSpans(long, pieceUnits(long), 0.15, seed)[0] as Unit)
    const mean = tokensOf(lengths) / lengths.length
    expect(Math.max(...lengths.map((span) => span.length))).toBe(10)
    expect(mean).toBeGreaterThan(3.4)
    expect(mean).toBeLessThan(3.9)
  })
})

describe('80/10/10', () => {
  test('shares, over many draws by the seed that also chose the tokens', () => {
    const units = pieceUnits(long)
    const count = { mask: 0, random: 0, same: 0 }
    for (let seed = 0; seed < 200; seed++) {
      const { targets } = corrupt(long, drawUnits(units, 0.15, seed), { mask: MASK, randomWord, seed })
      for (const { seen } of targets) count[seen]++
    }
    const total = 200 * 60 // four standard deviations: 175 of 80 %, 131 of 10 %
    expect(Math.abs(count.mask - 0.8 * total)).toBeLessThan(175)
    expect(Math.abs(count.random - 0.1 * total)).toBeLessThan(131)
    expect(Math.abs(count.same - 0.1 * total)).toBeLessThan(131)
  })

  test('targets say what stands there; restoring gives the text back', () => {
    fc.assert(
      fc.property(text, ratios, fc.nat(), (edited, ratio, seed) => {
        const sequence = restoreOriginal(
          edited,
          edited.tokens.map((token) => token.key),
        )
        const units = drawUnits(pieceUnits(sequence), ratio, seed)
        const { sequence: corrupted, targets } = corrupt(sequence, units, { mask: MASK, randomWord, seed })
        expect(targets.map((target) => target.key)).toEqual(units.flat())
        const before = new Map(sequence.tokens.map((token) => [token.key, token]))
        const after = new Map(corrupted.tokens.map((token) => [token.key, token]))
        for (const { key, original, seen } of targets) {
          expect(before.get(key)).toMatchObject(original)
          if (seen === 'mask') expect(after.get(key)).toMatchObject(MASK)
          if (seen === 'random') expect(isContent(after.get(key) as Entry)).toBe(true)
          if (seen === 'same') expect(after.get(key)).toEqual({ ...before.get(key), original })
        }
        expect(restoreOriginal(corrupted, units.flat())).toEqual(sequence)
      }),
    )
  })

  test('one draw decides for a whole span', () => {
    const [span] = drawSpans(long, pieceUnits(long), 0.15, 3)
    for (let seed = 0; seed < 30; seed++) {
      const { targets } = corrupt(long, [span as Unit], { mask: MASK, randomWord, seed })
      expect(new Set(targets.map((target) => target.seen)).size).toBe(1)
    }
  })
})
