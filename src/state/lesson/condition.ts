/** The predicates that a form can say: one measure, and what is to become of it. All others are written as expressions. */

import type { Expression, Measurement } from './expression.ts'

export const RELATIONS = ['rose', 'fell', 'changed', 'above', 'below', 'equal', 'near'] as const
export type Relation = (typeof RELATIONS)[number]

export interface Condition {
  of: Measurement
  relation: Relation
  /** It must not be so. */
  not: boolean
  /** How much it must have moved at the least; absent: at all. */
  by?: number
  /** What it is compared with. */
  to?: number | string | boolean
  /** How near it must come. */
  within?: number
}

/** Conditions that must hold together; null where the form has no way to say it. */
export function conditionsOf(expression: unknown): Condition[] | null {
  if (!isRecord(expression)) return null
  if ('all' in expression && Array.isArray(expression.all)) {
    const conditions = expression.all.map(conditionOf)
    return conditions.every((one) => one !== null) ? conditions : null
  }
  const condition = conditionOf(expression)
  return condition && [condition]
}

export function expressionOf(conditions: readonly Condition[]): Expression {
  const [first, ...others] = conditions.map(one)
  return first === undefined || others.length > 0 ? { all: conditions.map(one) } : first
}

function conditionOf(expression: unknown): Condition | null {
  if (!isRecord(expression)) return null
  if ('not' in expression) {
    const inner = conditionOf(expression.not)
    return inner && !inner.not && Object.keys(expression).length === 1 ? { ...inner, not: true } : null
  }
  const relation = RELATIONS.find((name) => name in expression)
  if (!relation) return null
  const { [relation]: operand, by, ...others } = expression
  if (Object.keys(others).length > 0) return null
  if (relation === 'rose' || relation === 'fell' || relation === 'changed') {
    if (!isMeasurement(operand) || (by !== undefined && typeof by !== 'number')) return null
    return { of: operand, relation, not: false, ...(by !== undefined && { by }) }
  }
  if (by !== undefined || !Array.isArray(operand)) return null
  const [left, right] = operand
  // A measure is compared with what is written; equality is the same from both sides.
  const [of, to, within] =
    relation === 'equal' && isMeasurement(right) && !isMeasurement(left) ? [right, left] : operand
  if (!isMeasurement(of) || !isPlain(to)) return null
  if (relation !== 'near') return operand.length === 2 ? { of, relation, not: false, to } : null
  return operand.length === 3 && typeof to === 'number' && typeof within === 'number'
    ? { of, relation, not: false, to, within }
    : null
}

function one({ of, relation, not, by, to = 0, within = 0 }: Condition): Expression {
  const said = saidAs()
  return not ? { not: said } : said

  function saidAs(): Expression {
    switch (relation) {
      case 'rose':
        return { rose: of, ...(by !== undefined && { by }) }
      case 'fell':
        return { fell: of, ...(by !== undefined && { by }) }
      case 'changed':
        return { changed: of, ...(by !== undefined && { by }) }
      case 'above':
        return { above: [of, to] }
      case 'below':
        return { below: [of, to] }
      case 'equal':
        return { equal: [of, to] }
      case 'near':
        return { near: [of, to, within] }
    }
  }
}

export function isMeasurement(expression: unknown): expression is Measurement {
  return isRecord(expression) && typeof expression.measure === 'string'
}

function isPlain(value: unknown): value is number | string | boolean {
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
