import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { type Condition, conditionsOf, expressionOf, RELATIONS } from './condition.ts'
import { measure } from './expression.ts'
import { argumentsOf, firstArguments, shapeOf } from './fields.ts'
import { expressionIssues } from './schema.ts'

const share = { measure: 'share', layer: 1 }

const condition: fc.Arbitrary<Condition> = fc
  .record({
    relation: fc.constantFrom(...RELATIONS),
    not: fc.boolean(),
    to: fc.integer(),
    by: fc.nat(9),
    says: fc.boolean(),
  })
  .map(({ relation, not, to, by, says }) => {
    if (relation === 'rose' || relation === 'fell' || relation === 'changed')
      return { of: share, relation, not, ...(says && { by }) }
    return {
      of: share,
      relation,
      not,
      to: relation === 'equal' && says ? 'word' : to,
      ...(relation === 'near' && { within: by }),
    }
  })

it('comes back from the form as it went in, and is always an expression', () => {
  fc.assert(
    fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), (conditions) => {
      const expression = expressionOf(conditions)
      expect(expressionIssues(expression)).toEqual([])
      expect(conditionsOf(expression)).toEqual(conditions)
    }),
  )
})

it.each([
  { above: [share, share] },
  { any: [{ rose: share }] },
  { not: { not: { rose: share } } },
  { near: [share, share, 0.1] },
  { all: [{ rose: share }, { divide: [1, 2] }] },
  { rose: share, unread: '' },
  true,
])('leaves to JSON what the form cannot say: %j', (expression) => {
  expect(conditionsOf(expression)).toBeNull()
})

it('takes equality from both sides', () => {
  expect(conditionsOf({ equal: ['a', share] })).toEqual([{ of: share, relation: 'equal', not: false, to: 'a' }])
})

it('reads what a measure asks for off its schema', () => {
  const which = z.strictObject({ kind: z.enum(['cls', 'sep']).optional(), content: z.boolean().optional() })
  const layer = z.union([z.int().min(1), z.enum(['last', 'all'])])
  const parts = argumentsOf(
    measure(z.strictObject({ from: which, layer, head: z.int().min(1).optional(), name: z.string() }), () => 1),
  )
  expect(parts.map(({ name, optional, field: { kind } }) => [name, optional, kind])).toEqual([
    ['from', false, 'parts'],
    ['layer', false, 'either'],
    ['head', true, 'number'],
    ['name', false, 'text'],
  ])
  expect(firstArguments(parts)).toEqual({ from: {}, layer: 1, name: '' })
  const shapes = parts[1]?.field.kind === 'either' ? parts[1].field.shapes : []
  expect(['all', 3].map((value) => shapeOf(value, shapes))).toEqual([1, 0])
})
