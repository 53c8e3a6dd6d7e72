/** The studio's rules: text as people write it, and what it is to every lab. */

import { ClsroomError } from '../../../core/errors.ts'
import type { MaskRule, MaskSpec, PaintedCell } from '../../../sequence/mask.ts'
import { parse, print, withConstant } from './language.ts'

export const MAX_RULES = 12

/** First and last, both inside, from 0. */
export type Range = readonly [first: number, last: number]

/** One rule of the studio; a cell is readable where all rules of its layer and head allow it. */
export interface RuleText {
  readonly text: string
  /** Absent: all. */
  readonly layers?: Range
  readonly heads?: Range
}

/** What holds a model's layers and heads. */
export interface Stack {
  layers: number
  heads: number
}

/**
 * The mask that rules and painted cells make.
 * @throws ClsroomError `input` where a rule is no formula
 */
export function maskOf(rules: readonly RuleText[], paint: readonly PaintedCell[], stack: Stack): MaskSpec {
  return { rules: rules.map((rule) => ruleOf(rule, stack)), inverted: false, paint }
}

function ruleOf({ text, layers, heads }: RuleText, stack: Stack): MaskRule {
  return {
    type: 'formula',
    formula: parse(text).formula,
    ...(layers && !isWhole(layers, stack.layers) && { layers: between(layers, stack.layers) }),
    ...(heads && !isWhole(heads, stack.heads) && { heads: between(heads, stack.heads) }),
  }
}

/** Whether a range is all there is. */
export function isWhole([first, last]: Range, count: number): boolean {
  return first <= 0 && last >= count - 1
}

function between([first, last]: Range, count: number): number[] {
  return Array.from({ length: count }, (_, i) => i).filter((i) => i >= first && i <= last)
}

/** How a formula joins another one. */
export type Join = 'and' | 'or' | 'and not'

/**
 * Two formulas as one; a constant of the second that has the name of another one of the first gets a new name.
 * @throws ClsroomError `input` where one is no formula
 */
export function joined(first: string, join: Join, second: string): string {
  const a = parse(first)
  const b = parse(renamed(second, first))
  const right = join === 'and not' ? (['not', b.formula] as const) : b.formula
  const known = new Set(a.where.map(([name]) => name))
  return print({
    formula: [join === 'or' ? 'or' : 'and', a.formula, right],
    where: [...a.where, ...b.where.filter(([name]) => !known.has(name))],
  })
}

/** The text with other names for constants that `beside` gives other values. */
function renamed(text: string, beside: string): string {
  const taken = new Map(parse(beside).where)
  return parse(text).where.reduce((changed, [name, value]) => {
    if (!taken.has(name) || taken.get(name) === value) return changed
    const free = Array.from({ length: MAX_NAMES }, (_, i) => `${name}${i + 2}`).find((one) => !taken.has(one))
    if (!free) throw new ClsroomError('input', 'The formula has too many constants', { found: name })
    return changed.replace(new RegExp(`\\b${name}\\b`, 'g'), free)
  }, text)
}

const MAX_NAMES = 40

/** The rule with another value for a constant. */
export function withValue(rule: RuleText, name: string, value: number): RuleText {
  return { ...rule, text: withConstant(rule.text, name, value) }
}
