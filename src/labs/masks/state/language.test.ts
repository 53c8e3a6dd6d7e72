import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ClsroomError } from '../../../core/errors.ts'
import { type Facts, type Formula, meaningOf, type Term } from '../../../sequence/formula.ts'
import { formula as anyFormula } from '../../../sequence/testing/arbitrary.ts'
import { MAX_FORMULA, parse, print, withConstant } from './language.ts'

const FACTS: Facts = { kinds: ['cls', 'word', 'sep', 'word', 'word', 'sep'], doc: [0, 0, 0, 1, 1, 1] }
const table = (formula: Formula) => {
  const says = meaningOf(formula, FACTS, FACTS)
  return FACTS.kinds.map((_, q) => FACTS.kinds.map((_, k) => (says(q, k) ? '1' : '0')).join('')).join(' ')
}

describe('parse', () => {
  test.each<[string, Formula]>([
    ['k <= q', ['<=', 'k', 'q']],
    ['q - k < w where w = 4', ['<', ['-', 'q', 'k'], ['let', 'w', 4]]],
    [
      'k <= q and (k < s or q - k < 2) where s = 1',
      ['and', ['<=', 'k', 'q'], ['or', ['<', 'k', ['let', 's', 1]], ['<', ['-', 'q', 'k'], 2]]],
    ],
    ['not kind(k) in [pad, sep]', ['not', ['is', 'k', ['pad', 'sep']]]],
    ['kind(q) not in (cls)', ['not', ['is', 'q', ['cls']]]],
    ['kind(q) != cls', ['not', ['is', 'q', ['cls']]]],
    ['0 <= q - k < 3', ['and', ['<=', 0, ['-', 'q', 'k']], ['<', ['-', 'q', 'k'], 3]]],
    ['¬(k ≤ q) ∨ true', ['or', ['not', ['<=', 'k', 'q']], true]],
    ['(q + 1) // 2 == k % 3', ['==', ['//', ['+', 'q', 1], 2], ['%', 'k', 3]]],
    [
      'count(image, q) == min(doc(k), place(q), )'.replace(', )', ')'),
      ['==', ['count', 'image', 'q'], ['min', ['doc', 'k'], ['place', 'q']]],
    ],
    ['q < -2 + 5', ['<', 'q', 3]],
  ])('%s', (text, expected) => {
    expect(parse(text).formula).toEqual(expected)
  })

  test.each<[string, string, string]>([
    ['', 'the end', 'more'],
    ['k <=', 'the end', 'more'],
    ['k', 'the end', 'a comparison of this number'],
    ['k <= q q', '“q” at character 8', 'and, or, a comparison, or the end'],
    ['k < w', '“w” at character 5', 'q, k, T, a number, a function, or a name that stands behind where'],
    ['kind(q) == dog', '“dog” at character 12', 'a kind: cls'],
    ['q // k == 1', '“k == 1” at character 6', 'a constant above 0 to divide by'],
    ['q // 0 == 1', '“0 == 1” at character 6', 'a constant above 0 to divide by'],
    ['k <= q where q = 2', '“q = 2” at character 14', 'a new name'],
    ['k <= q where w = x', '“x” at character 18', 'a whole number up to 65536'],
    ['k $ q', '“$ q” at character 3', 'a number, a name or a sign'],
    ['(k <= q', 'the end', ')'],
  ])('%s is refused', (text, found, expected) => {
    const refused = () => parse(text)
    expect(refused).toThrow(ClsroomError)
    try {
      refused()
    } catch (thrown) {
      const { found: said, expected: wanted } = (thrown as ClsroomError).report()
      expect(said).toBe(found)
      expect(wanted).toContain(expected)
    }
  })

  test('a text beyond all reason is refused before it is read', () => {
    expect(() => parse('('.repeat(MAX_FORMULA + 1))).toThrow('too long')
    expect(() => parse('('.repeat(MAX_FORMULA))).toThrow('no formula')
  })
})

/** A name has one value in a text. */
const VALUES: Record<string, number> = { w: 1, n: 2, b: 3 }
function named<Part extends Formula | Term>(part: Part): Part {
  if (!Array.isArray(part)) return part
  if (part[0] === 'let') return ['let', part[1], VALUES[part[1]]] as unknown as Part
  return part.map((one) => (Array.isArray(one) ? named(one as unknown as Term) : one)) as unknown as Part
}

test('what is printed is read as the same mask', () => {
  fc.assert(
    fc.property(anyFormula, (any) => {
      const formula = named(any)
      const text = print({ formula, where: Object.entries(VALUES) })
      fc.pre(text.length <= MAX_FORMULA)
      expect(table(parse(text).formula)).toBe(table(formula))
    }),
    { numRuns: 500 },
  )
})

test('a constant changes where it is bound, and nowhere else', () => {
  const text = 'k <= q and (k < s or q - k < w) where s = 2, w = 4'
  expect(withConstant(text, 'w', 12)).toBe('k <= q and (k < s or q - k < w) where s = 2, w = 12')
  expect(parse(withConstant(text, 's', 0)).where).toEqual([
    ['s', 0],
    ['w', 4],
  ])
})
