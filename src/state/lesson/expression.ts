/**
 * What a lesson computes from a run: a small language, as JSON. A lab says what can be measured in it (`Measures`); a lesson combines
 * measures into numbers for its words and into predicates that tell whether something happened.
 *
 *     { "fell": { "measure": "share", "from": { "kind": "cls" }, "to": { "kind": "sep" }, "layer": 3 } }
 */

import type { z } from 'zod'

/** null: the run has no such thing (a token that is not there, a layer that was not read back). */
export type Value = number | string | boolean | null

/** A measure of the lab: its name, when it is taken (`start`: as the step began), and its own arguments. */
export interface Measurement {
  measure: string
  at?: 'now' | 'start'
  [argument: string]: unknown
}

export type Expression =
  | Value
  | Measurement
  | { add: Expression[] }
  | { subtract: [Expression, Expression] }
  | { multiply: Expression[] }
  | { divide: [Expression, Expression] }
  | { above: [Expression, Expression] }
  | { below: [Expression, Expression] }
  | { equal: [Expression, Expression] }
  | { near: [Expression, Expression, within: Expression] }
  | { all: Expression[] }
  | { any: Expression[] }
  | { not: Expression }
  | { rose: Measurement; by?: number }
  | { fell: Measurement; by?: number }
  | { changed: Measurement; by?: number }

/** What a lab can measure in its state, by name. */
export type Measures<State> = Readonly<Record<string, Measure<State>>>

export interface Measure<State> {
  /** What a lesson may ask for, strictly: a misspelt argument is an error and no default. */
  schema: z.ZodType
  /**
   * @param given as the schema has it
   * @param start the lab as the step began, for what is measured between then and `state`
   */
  of(state: State, given: never, start: State): Value
  /** What an author can choose from for a text, by the name of the argument: the tokens, heads and classes of what is on screen. */
  there?(state: State): Readonly<Record<string, readonly string[]>>
}

/** A measure with arguments typed by its schema. */
export function measure<State, Schema extends z.ZodType>(
  schema: Schema,
  of: (state: State, given: z.output<Schema>, start: State) => Value,
  there?: Measure<State>['there'],
): Measure<State> {
  return { schema, of, ...(there && { there }) }
}

/** Between what an expression is evaluated: both are states of the lab, which are never changed in place. */
export interface Moments<State> {
  start: State
  now: State
}

/** Smaller changes are no change: the last digits of a probability differ between backends. */
const NOISE = 1e-4

/** An expression's value. Whatever is made of null is null, and null is no predicate's truth. */
export function evaluate<State>(expression: Expression, measures: Measures<State>, moments: Moments<State>): Value {
  if (expression === null || typeof expression !== 'object') return expression
  const value = (inner: Expression) => evaluate(inner, measures, moments)
  const numbers = (list: readonly Expression[]) => list.map((one) => numberOf(value(one)))
  if ('measure' in expression) return taken(expression, measures, moments)
  if ('add' in expression) return folded(numbers(expression.add), (a, b) => a + b)
  if ('multiply' in expression) return folded(numbers(expression.multiply), (a, b) => a * b)
  if ('subtract' in expression) return folded(numbers(expression.subtract), (a, b) => a - b)
  if ('divide' in expression) return folded(numbers(expression.divide), (a, b) => (b === 0 ? null : a / b))
  if ('above' in expression) return compared(numbers(expression.above), (a, b) => a > b)
  if ('below' in expression) return compared(numbers(expression.below), (a, b) => a < b)
  if ('near' in expression) return compared(numbers(expression.near), (a, b, within) => Math.abs(a - b) <= within)
  if ('equal' in expression) return same(value(expression.equal[0]), value(expression.equal[1]))
  if ('all' in expression) return expression.all.every((one) => value(one) === true)
  if ('any' in expression) return expression.any.some((one) => value(one) === true)
  if ('not' in expression) return negated(value(expression.not))
  if ('rose' in expression) return moved(expression.rose, expression.by, (change, by) => change >= by)
  if ('fell' in expression) return moved(expression.fell, expression.by, (change, by) => -change >= by)
  return moved(expression.changed, expression.by, (change, by) => Math.abs(change) >= by)

  /** How a measure went since the step began; texts have only changed or not. */
  function moved(of: Measurement, by = NOISE, holds: (change: number, by: number) => boolean): Value {
    const [before, after] = [taken({ ...of, at: 'start' }, measures, moments), taken(of, measures, moments)]
    if (before === null || after === null) return null
    if (typeof before === 'number' && typeof after === 'number') return holds(after - before, by)
    return 'changed' in (expression as object) ? before !== after : null
  }
}

/** Whether a predicate holds. What cannot be measured does not. */
export function holds<State>(predicate: Expression, measures: Measures<State>, moments: Moments<State>): boolean {
  return evaluate(predicate, measures, moments) === true
}

/** Every measure that an expression takes, with its place in it. */
export function measurementsIn(expression: Expression, path: (string | number)[] = []): [Measurement, typeof path][] {
  if (expression === null || typeof expression !== 'object') return []
  if ('measure' in expression) return [[expression, path]]
  return Object.entries(expression).flatMap(([key, inner]: [string, Expression | Expression[]]) =>
    Array.isArray(inner)
      ? inner.flatMap((one, place) => measurementsIn(one, [...path, key, place]))
      : measurementsIn(inner, [...path, key]),
  )
}

function taken<State>(
  { measure: name, at = 'now', ...given }: Measurement,
  measures: Measures<State>,
  moments: Moments<State>,
): Value {
  return measures[name]?.of(moments[at], given as never, moments.start) ?? null
}

function numberOf(value: Value): number | null {
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function folded(list: readonly (number | null)[], step: (a: number, b: number) => number | null): number | null {
  return list.reduce((a, b) => (a === null || b === null ? null : step(a, b)))
}

function compared(list: readonly (number | null)[], test: (a: number, b: number, c: number) => boolean): Value {
  if (list.includes(null)) return null
  const [a, b, c] = list as number[]
  return test(a as number, b as number, c as number)
}

function same(a: Value, b: Value): Value {
  return a === null || b === null ? null : a === b
}

function negated(value: Value): Value {
  return value === null ? null : value !== true
}
