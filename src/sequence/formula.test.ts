import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { insert } from './edit.ts'
import { FACTS, type Facts, type Formula, meaningOf } from './formula.ts'
import { readable } from './mask.ts'
import { PAD, textOfIds } from './testing/arbitrary.ts'

const facts: Facts = {
  kinds: ['cls', 'image', 'image', 'word', 'image', 'word'],
  doc: [0, 0, 0, 1, 1, 1],
}
const table = (formula: Formula, of = facts) => {
  const says = meaningOf(formula, of, of)
  const rows = of.kinds.map((_, row) => row)
  return rows.map((q) => rows.map((k) => (says(q, k) ? '1' : '0')).join(''))
}

describe('what is derived from kinds and documents', () => {
  test('places, stretches and counts', () => {
    expect(FACTS.place(facts)).toEqual([0, 1, 2, 0, 1, 2])
    expect(FACTS.run(facts)).toEqual([0, 1, 1, 2, 3, 4])
    expect(FACTS.count(facts, 'image')).toEqual([0, 1, 1, 1, 2, 2])
    expect(FACTS.count(facts, 'pad')).toEqual([0, 0, 0, 0, 0, 0])
  })
})

describe('formulas', () => {
  test('a window of rows', () => {
    expect(table(['<=', ['abs', ['-', 'q', 'k']], ['let', 'w', 1]])).toEqual([
      '110000',
      '111000',
      '011100',
      '001110',
      '000111',
      '000011',
    ])
  })

  test('kinds, documents and stretches', () => {
    expect(table(['is', 'k', ['cls', 'image']])[0]).toBe('111010')
    expect(table(['==', ['doc', 'q'], ['doc', 'k']])[4]).toBe('000111')
    expect(table(['==', ['run', 'q'], ['run', 'k']])[2]).toBe('011000')
    expect(table(['==', ['count', 'image', 'q'], ['count', 'image', 'k']])[5]).toBe('000011')
  })

  test('division rounds down below zero, as in Python', () => {
    const says = (formula: Formula) => meaningOf(formula, facts, facts)(0, 1)
    expect(says(['==', ['//', ['-', 'q', 'k'], 2], -1])).toBe(true)
    expect(says(['==', ['%', ['-', 'q', 'k'], 3], 2])).toBe(true)
  })

  test('and, or, not follow De Morgan', () => {
    fc.assert(
      fc.property(fc.nat(5), fc.nat(5), fc.nat(9), fc.nat(9), (q, k, a, b) => {
        const [left, right]: [Formula, Formula] = [
          ['<', 'q', a],
          ['==', ['%', ['+', 'q', 'k'], 3], b % 3],
        ]
        const not = meaningOf(['not', ['and', left, right]], facts, facts)
        const or = meaningOf(['or', ['not', left], ['not', right]], facts, facts)
        expect(not(q, k)).toBe(or(q, k))
      }),
    )
  })
})

describe('a formula as a rule of a mask', () => {
  const padded = insert(textOfIds([5], [6]), 5, PAD) // [CLS] w5 [SEP] w6 [SEP] [PAD]

  test('belongs to its layers and heads', () => {
    const mask = {
      rules: [{ type: 'formula' as const, formula: ['<=', 'k', 'q'] as const, layers: [1], heads: [0] }],
      inverted: false,
      paint: [],
    }
    const mayRead = readable(padded, mask, padded, 2)
    expect(mayRead(1, 0, 5, 0)).toBe(false)
    expect(mayRead(1, 0, 5, 1)).toBe(true)
    expect(mayRead(0, 0, 5, 0)).toBe(true)
    // Some head may: the one that the rule does not name.
    expect(mayRead(1, 0, 5)).toBe(true)
  })

  test('where every head is named, there is no other', () => {
    const rule = { type: 'formula' as const, formula: ['<=', 'k', 'q'] as const }
    const mask = {
      rules: [
        { ...rule, heads: [0] },
        { ...rule, heads: [1] },
      ],
      inverted: false,
      paint: [],
    }
    expect(readable(padded, mask, padded, 2)(0, 0, 5)).toBe(false)
    expect(readable(padded, mask, padded, 3)(0, 0, 5)).toBe(true)
  })
})
