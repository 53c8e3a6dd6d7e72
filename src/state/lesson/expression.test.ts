import { expect, it } from 'vitest'
import { z } from 'zod'
import { type Expression, evaluate, holds, type Measures, measure, measurementsIn } from './expression.ts'

interface State {
  share: number
  answer: string
  gone: null
}
const measures: Measures<State> = {
  share: measure(z.strictObject({ times: z.number().optional() }), ({ share }, { times = 1 }) => share * times),
  answer: measure(z.strictObject({}), ({ answer }) => answer),
  gone: measure(z.strictObject({}), ({ gone }) => gone),
}
const moments = { start: { share: 0.5, answer: 'a', gone: null }, now: { share: 0.2, answer: 'b', gone: null } }
const value = (expression: Expression) => evaluate(expression, measures, moments)
const share = { measure: 'share' }

it('takes measures now or as the step began, with their arguments', () => {
  expect(value(share)).toBe(0.2)
  expect(value({ measure: 'share', at: 'start' })).toBe(0.5)
  expect(value({ measure: 'share', times: 3 })).toBeCloseTo(0.6, 12)
})

it.each<[Expression, unknown]>([
  [{ add: [1, 2, 3] }, 6],
  [{ subtract: [{ measure: 'share', at: 'start' }, share] }, 0.3],
  [{ multiply: [2, 3] }, 6],
  [{ divide: [1, 4] }, 0.25],
  [{ divide: [1, 0] }, null],
  [{ above: [2, 1] }, true],
  [{ above: [1, 1] }, false],
  [{ below: [1, 2] }, true],
  [{ near: [0.5, 0.51, 0.02] }, true],
  [{ near: [0.5, 0.53, 0.02] }, false],
  [{ equal: ['a', { measure: 'answer', at: 'start' }] }, true],
  [{ equal: ['a', { measure: 'answer' }] }, false],
  [{ all: [true, { above: [2, 1] }] }, true],
  [{ all: [true, { measure: 'gone' }] }, false],
  [{ any: [false, true] }, true],
  [{ not: { above: [1, 2] } }, true],
])('%j is %j', (expression, expected) => {
  if (typeof expected === 'number') expect(value(expression)).toBeCloseTo(expected, 12)
  else expect(value(expression)).toBe(expected)
})

it('tells what fell, rose and changed, beyond the last digits', () => {
  expect(value({ fell: share })).toBe(true)
  expect(value({ fell: share, by: 0.31 })).toBe(false)
  expect(value({ rose: share })).toBe(false)
  expect(value({ changed: share })).toBe(true)
  expect(value({ changed: { measure: 'answer' } })).toBe(true)
  expect(value({ fell: { measure: 'answer' } })).toBeNull() // a text neither falls nor rises
  const still = { start: moments.now, now: { ...moments.now, share: 0.20005 } }
  expect(evaluate({ changed: share }, measures, still)).toBe(false)
})

it('makes nothing of what cannot be measured', () => {
  for (const expression of [
    { measure: 'gone' },
    { measure: 'unknown' },
    { add: [1, { measure: 'gone' }] },
    { above: [{ measure: 'gone' }, 0] },
    { not: { measure: 'gone' } },
    { fell: { measure: 'gone' } },
    { equal: [{ measure: 'gone' }, { measure: 'gone' }] },
  ] as Expression[]) {
    expect(value(expression)).toBeNull()
    expect(holds(expression, measures, moments)).toBe(false)
  }
})

it('finds every measure of an expression with its place', () => {
  const found = measurementsIn({ all: [{ above: [share, 1] }, { fell: { measure: 'answer' } }] })
  expect(found.map(([{ measure: name }, path]) => [name, path.join('.')])).toEqual([
    ['share', 'all.0.above.0'],
    ['answer', 'all.1.fell'],
  ])
})
