/** A mask as a formula in TeX: M is 1 where query q may read key k, in layer ℓ and head h. */

import type { Formula, Term } from '../../../sequence/formula.ts'
import { parse } from './language.ts'
import { isWhole, type Range, type RuleText, type Stack } from './rules.ts'

/** All rules as one formula, with the values of their constants. */
export function maskTex(rules: readonly RuleText[], stack: Stack): string {
  const parts = rules.map((rule) => {
    const { formula, where } = parse(rule.text)
    const scope = [...scopeTex('\\ell', rule.layers, stack.layers), ...scopeTex('h', rule.heads, stack.heads)]
    const body = truth(formula, scope.length > 0 || rules.length > 1 ? TIES.comparison : 0)
    return {
      body: scope.length > 0 ? `\\left(${scope.join(' \\land ')} \\Rightarrow ${body}\\right)` : body,
      where,
    }
  })
  const constants = parts.flatMap(({ where }) => where.map(([name, value]) => `${nameTex(name)} = ${value}`))
  const whole = parts.length === 0 ? '\\top' : parts.map(({ body }) => body).join(' \\;\\land\\; ')
  const values = constants.length > 0 ? `, \\quad ${constants.join(',\\; ')}` : ''
  // Iverson's bracket: 1 where the condition holds (Knuth 1992, "Two notes on notation").
  return `M_{qk} = \\left[\\,${whole}\\,\\right]${values}`
}

/** People count layers and heads from 1. */
function scopeTex(name: string, range: Range | undefined, count: number): string[] {
  if (!range || isWhole(range, count)) return []
  const [first, last] = range
  return [first === last ? `${name} = ${first + 1}` : `${first + 1} \\le ${name} \\le ${last + 1}`]
}

/** What is tied more loosely than its place asks for stands in brackets. */
const TIES = { or: 1, and: 2, not: 3, comparison: 4, sum: 5, product: 6, whole: 7 } as const

const SIGNS = { '<': '<', '<=': '\\le', '==': '=', '!=': '\\ne', '>': '>', '>=': '\\ge' } as const

function bracketed(own: number, tie: number, tex: string): string {
  return own < tie ? `\\left(${tex}\\right)` : tex
}

function truth(formula: Formula, tie: number): string {
  if (typeof formula === 'boolean') return formula ? '\\top' : '\\bot'
  switch (formula[0]) {
    case 'or':
    case 'and': {
      const own = TIES[formula[0]]
      const sign = formula[0] === 'or' ? '\\lor' : '\\land'
      return bracketed(own, tie, `${truth(formula[1], own)} ${sign} ${truth(formula[2], own)}`)
    }
    case 'not': {
      const inner = formula[1]
      // ≠ and ∉ are shorter, and read as they are.
      if (typeof inner !== 'boolean' && inner[0] === 'is') return bracketed(TIES.comparison, tie, kindTex(inner, true))
      return bracketed(TIES.not, tie, `\\lnot ${truth(inner, TIES.whole)}`)
    }
    case 'is':
      return bracketed(TIES.comparison, tie, kindTex(formula, false))
    default:
      return bracketed(
        TIES.comparison,
        tie,
        `${number(formula[1], TIES.sum)} ${SIGNS[formula[0]]} ${number(formula[2], TIES.sum)}`,
      )
  }
}

function kindTex([, side, kinds]: Extract<Formula, readonly ['is', ...unknown[]]>, negated: boolean): string {
  const names = kinds.map((kind) => `\\text{${kind}}`)
  const kind = `\\kappa_${side}`
  if (names.length === 1) return `${kind} ${negated ? '\\ne' : '='} ${names[0]}`
  return `${kind} ${negated ? '\\notin' : '\\in'} \\{${names.join(', ')}\\}`
}

function number(term: Term, tie: number): string {
  if (typeof term === 'number') return term < 0 && tie > TIES.sum ? `(${term})` : String(term)
  if (typeof term === 'string') return term
  switch (term[0]) {
    case 'let':
      return nameTex(term[1])
    case 'abs':
      return `\\left|${number(term[1], TIES.sum)}\\right|`
    case 'min':
    case 'max':
      return `\\${term[0]}(${number(term[1], TIES.sum)}, ${number(term[2], TIES.sum)})`
    case 'doc':
      return `d_${term[1]}`
    case 'place':
      return `p_${term[1]}`
    case 'run':
      return `r_${term[1]}`
    case 'count':
      return `n^{\\text{${term[1]}}}_${term[2]}`
    case '//':
      return `\\left\\lfloor ${number(term[1], TIES.product)} / ${number(term[2], TIES.whole)} \\right\\rfloor`
    case '%':
      return bracketed(TIES.product, tie, `${number(term[1], TIES.product)} \\bmod ${number(term[2], TIES.whole)}`)
    case '*':
      return bracketed(TIES.product, tie, `${number(term[1], TIES.product)} \\cdot ${number(term[2], TIES.whole)}`)
    default: {
      const sum = `${number(term[1], TIES.sum)} ${term[0]} ${number(term[2], TIES.product)}`
      return bracketed(TIES.sum, tie, sum)
    }
  }
}

function nameTex(name: string): string {
  const plain = name.replaceAll('_', '\\_')
  return name.length === 1 ? plain : `\\mathit{${plain}}`
}
