/**
 * The mask language as text: `k <= q and (k < s or q - k < w) where s = 2, w = 4`. Words and signs are Python's, and the usual ones of
 * logic are understood. Text becomes the data of sequence/formula.ts and is written from it again.
 */

import { ClsroomError } from '../../../core/errors.ts'
import { KINDS, type Kind } from '../../../core/tokens.ts'
import { type Comparison, type Formula, OPERATE, type Side, type Term } from '../../../sequence/formula.ts'

/** Far more than a mask of any paper; a longer text is not ours. */
export const MAX_FORMULA = 600
const MAX_CONSTANT = 65536

/** A formula and what its text calls constants, in the order of the text. */
export interface Parsed {
  formula: Formula
  where: readonly (readonly [name: string, value: number])[]
}

type Word = { text: string; at: number }
/** What a part of the text is: a number of each cell, yes or no, the kind of a token, the name of a kind. */
type Value =
  | { is: 'number'; term: Term }
  | { is: 'truth'; formula: Formula }
  | { is: 'kind of'; side: Side }
  | { is: 'kind'; kind: Kind }

const SIGNS: Record<string, string> = {
  '=': '==',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '∧': 'and',
  '∨': 'or',
  '¬': 'not',
  '&': 'and',
  '|': 'or',
  '~': 'not',
  '&&': 'and',
  '||': 'or',
  '!': 'not',
  '−': '-',
  '·': '*',
  mod: '%',
}
const WORD = /\s*(?:(\d+)|([A-Za-z_]\w*)|(\/\/|<=|>=|==|!=|&&|\|\||[-−+*%·<>=≤≥≠∧∨¬&|~!(),[\]]))/y
const COMPARISONS: readonly string[] = ['<', '<=', '==', '!=', '>', '>=']
const RESERVED = new Set([
  ...['q', 'k', 'T', 'and', 'or', 'not', 'in', 'where', 'true', 'false', 'mod'],
  ...['abs', 'min', 'max', 'kind', 'doc', 'place', 'run', 'count'],
])

/** @throws ClsroomError `input` that says where the text is no formula */
export function parse(text: string): Parsed {
  if (text.length > MAX_FORMULA) {
    throw new ClsroomError('input', 'The formula is too long', {
      found: `${text.length} characters`,
      expected: `at most ${MAX_FORMULA}`,
    })
  }
  const words = wordsOf(text)
  const cut = words.findIndex((word) => word.text === 'where')
  const where = cut < 0 ? [] : constants(words.slice(cut + 1), text)
  const reader = new Reader(cut < 0 ? words : words.slice(0, cut), text, new Map(where))
  return { formula: reader.whole(), where }
}

/** The text with another value for one of its constants. */
export function withConstant(text: string, name: string, value: number): string {
  const [body = '', bindings = ''] = text.split(/\bwhere\b/)
  return `${body}where${bindings.replace(new RegExp(`\\b(${name})(\\s*==?\\s*)-?\\d+`), `$1$2${value}`)}`
}

function wordsOf(text: string): Word[] {
  const words: Word[] = []
  WORD.lastIndex = 0
  const end = text.trimEnd().length
  while (WORD.lastIndex < end) {
    const from = WORD.lastIndex
    const found = WORD.exec(text)
    if (!found) {
      const at = from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0)
      throw misread(text, at, 'a number, a name or a sign')
    }
    const word = found[1] ?? found[2] ?? (found[3] as string)
    words.push({ text: SIGNS[word] ?? word, at: WORD.lastIndex - word.length })
  }
  return words
}

/** Bindings behind `where`: w = 4, s = 2. */
function constants(words: readonly Word[], text: string): [string, number][] {
  const found: [string, number][] = []
  let i = 0
  const next = () => words[i++] ?? { text: '', at: text.length }
  do {
    const name = next()
    if (!/^[A-Za-z]\w{0,15}$/.test(name.text) || RESERVED.has(name.text)) throw misread(text, name.at, 'a new name')
    if (found.some(([known]) => known === name.text)) throw misread(text, name.at, 'each name once')
    const equals = next()
    if (equals.text !== '==') throw misread(text, equals.at, '=')
    const sign = words[i]?.text === '-' ? -1 : 1
    if (sign < 0) i++
    const number = next()
    found.push([name.text, sign * constant(number, text)])
  } while (i < words.length && expectComma(next(), text))
  return found
}

function expectComma(word: Word, text: string): true {
  if (word.text === ',') return true
  throw misread(text, word.at, 'a comma, or the end')
}

function constant(word: Word, text: string): number {
  if (/^\d+$/.test(word.text) && Number(word.text) <= MAX_CONSTANT) return Number(word.text)
  throw misread(text, word.at, `a whole number up to ${MAX_CONSTANT}`)
}

/** Reads by precedence: or, and, not, comparison, sum, product, sign. */
class Reader {
  private i = 0
  private readonly words: readonly Word[]
  private readonly text: string
  private readonly where: ReadonlyMap<string, number>

  constructor(words: readonly Word[], text: string, where: ReadonlyMap<string, number>) {
    this.words = words
    this.text = text
    this.where = where
  }

  whole(): Formula {
    const formula = this.truth(() => this.or())
    if (this.i < this.words.length) throw this.expected('and, or, a comparison, or the end')
    return formula
  }

  private or(): Value {
    let value = this.and()
    while (this.peek() === 'or') {
      const left = this.asTruth(value)
      this.i++
      value = { is: 'truth', formula: ['or', left, this.truth(() => this.and())] }
    }
    return value
  }

  private and(): Value {
    let value = this.not()
    while (this.peek() === 'and') {
      const left = this.asTruth(value)
      this.i++
      value = { is: 'truth', formula: ['and', left, this.truth(() => this.not())] }
    }
    return value
  }

  private not(): Value {
    if (this.peek() !== 'not') return this.comparison()
    this.i++
    return { is: 'truth', formula: ['not', this.truth(() => this.not())] }
  }

  /** a < b, a <= b < c, kind(q) in [cls, sep]. */
  private comparison(): Value {
    const first = this.sum()
    if (first.is === 'kind of') return this.kindTest(first.side)
    let value: Value = first
    let formula: Formula | null = null
    while (COMPARISONS.includes(this.peek())) {
      const left = this.asNumber(value)
      const sign = this.take() as Comparison
      value = this.sum()
      const step: Formula = [sign, left, this.asNumber(value)]
      formula = formula ? ['and', formula, step] : step
    }
    return formula ? { is: 'truth', formula } : first
  }

  private kindTest(side: Side): Value {
    const sign = this.peek()
    const negated = sign === '!=' || (sign === 'not' && this.words[this.i + 1]?.text === 'in')
    if (sign === '==' || sign === '!=') {
      this.i++
      return isOf(side, [this.kind()], negated)
    }
    if (sign === 'in' || negated) {
      this.i += negated ? 2 : 1
      const close = { '[': ']', '(': ')' }[this.peek()]
      if (!close) throw this.expected('a list of kinds: [cls, sep]')
      this.i++
      const kinds = [this.kind()]
      while (this.peek() === ',') {
        this.i++
        kinds.push(this.kind())
      }
      this.demand(close)
      return isOf(side, kinds, negated)
    }
    throw this.expected('=, != or in behind a kind')
  }

  private kind(): Kind {
    const name = this.peek()
    const kind = KINDS.find((one) => one === name)
    if (!kind) throw this.expected(`a kind: ${KINDS.join(', ')}`)
    this.i++
    return kind
  }

  private sum(): Value {
    let value = this.product()
    while (this.peek() === '+' || this.peek() === '-') {
      const left = this.asNumber(value)
      const sign = this.take() as '+' | '-'
      value = number(
        operation(
          sign,
          left,
          this.number(() => this.product()),
        ),
      )
    }
    return value
  }

  private product(): Value {
    let value = this.signed()
    while (['*', '//', '%'].includes(this.peek())) {
      const left = this.asNumber(value)
      const sign = this.take() as '*' | '//' | '%'
      const at = this.i
      const right = this.number(() => this.signed())
      if (sign !== '*' && !(constantOf(right) > 0)) {
        throw misread(this.text, this.words[at]?.at ?? this.text.length, 'a constant above 0 to divide by')
      }
      value = number(operation(sign, left, right))
    }
    return value
  }

  private signed(): Value {
    if (this.peek() !== '-') return this.primary()
    this.i++
    return number(
      operation(
        '-',
        0,
        this.number(() => this.signed()),
      ),
    )
  }

  private primary(): Value {
    const { text } = this
    const word = this.words[this.i]
    if (!word) throw this.expected('more')
    this.i++
    const name = word.text
    if (/^\d/.test(name)) return number(constant(word, text))
    if (name === '(') {
      const value = this.or()
      this.demand(')')
      return value
    }
    if (name === 'true' || name === 'false') return { is: 'truth', formula: name === 'true' }
    if (name === 'q' || name === 'k' || name === 'T') return number(name)
    const value = this.where.get(name)
    if (value !== undefined) return number(['let', name, value])
    switch (name) {
      case 'abs': {
        this.demand('(')
        const term = this.number(() => this.sum())
        this.demand(')')
        return number(['abs', term])
      }
      case 'min':
      case 'max': {
        this.demand('(')
        const left = this.number(() => this.sum())
        this.demand(',')
        const right = this.number(() => this.sum())
        this.demand(')')
        return number(operation(name, left, right))
      }
      case 'doc':
      case 'place':
      case 'run':
        return number([name, this.side()])
      case 'kind':
        return { is: 'kind of', side: this.side() }
      case 'count': {
        this.demand('(')
        const kind = this.kind()
        this.demand(',')
        const side = this.bareSide()
        this.demand(')')
        return number(['count', kind, side])
      }
    }
    this.i--
    throw this.expected('q, k, T, a number, a function, or a name that stands behind where')
  }

  private side(): Side {
    this.demand('(')
    const side = this.bareSide()
    this.demand(')')
    return side
  }

  private bareSide(): Side {
    const name = this.peek()
    if (name !== 'q' && name !== 'k') throw this.expected('q or k')
    this.i++
    return name
  }

  private truth(read: () => Value): Formula {
    return this.asTruth(read())
  }

  private number(read: () => Value): Term {
    return this.asNumber(read())
  }

  private asTruth(value: Value): Formula {
    if (value.is === 'truth') return value.formula
    throw this.expected(value.is === 'number' ? 'a comparison of this number' : '=, != or in behind a kind')
  }

  private asNumber(value: Value): Term {
    if (value.is === 'number') return value.term
    throw this.expected('a number and not a condition')
  }

  private peek(): string {
    return this.words[this.i]?.text ?? ''
  }

  private take(): string {
    return this.words[this.i++]?.text ?? ''
  }

  private demand(sign: string): void {
    if (this.peek() !== sign) throw this.expected(sign)
    this.i++
  }

  private expected(what: string): ClsroomError {
    return misread(this.text, this.words[this.i]?.at ?? this.text.length, what)
  }
}

function misread(text: string, at: number, expected: string): ClsroomError {
  const rest = text.slice(at, at + 12).trim()
  return new ClsroomError('input', 'This is no formula of a mask', {
    found: rest === '' ? 'the end' : `“${rest}” at character ${at + 1}`,
    expected,
  })
}

function number(term: Term): Value {
  return { is: 'number', term }
}

function isOf(side: Side, kinds: Kind[], negated: boolean): Value {
  const formula: Formula = ['is', side, kinds]
  return { is: 'truth', formula: negated ? ['not', formula] : formula }
}

/** Two plain numbers are computed at once. */
function operation(sign: keyof typeof OPERATE, a: Term, b: Term): Term {
  return typeof a === 'number' && typeof b === 'number' ? OPERATE[sign](a, b) : [sign, a, b]
}

/** The value of a constant; NaN of what differs between cells. */
function constantOf(term: Term): number {
  if (typeof term === 'number') return term
  return typeof term === 'object' && term[0] === 'let' ? term[2] : Number.NaN
}

/** How closely what stands on both sides of a sign is tied: what is tied more loosely stands in brackets. */
const TIES = { or: 1, and: 2, not: 3, comparison: 4, sum: 5, product: 6, whole: 7 } as const

/** A formula as text that `parse` reads as the same formula. */
export function print({ formula, where }: Parsed): string {
  const constants = where.map(([name, value]) => `${name} = ${value}`).join(', ')
  return `${printed(formula, 0)}${constants && ` where ${constants}`}`
}

function printed(formula: Formula, tie: number): string {
  if (typeof formula === 'boolean') return String(formula)
  const bracketed = (own: number, text: string) => (own < tie ? `(${text})` : text)
  switch (formula[0]) {
    case 'and':
    case 'or': {
      const own = TIES[formula[0]]
      return bracketed(own, `${printed(formula[1], own)} ${formula[0]} ${printed(formula[2], own + 1)}`)
    }
    case 'not':
      return bracketed(TIES.not, `not ${printed(formula[1], TIES.not)}`)
    case 'is': {
      const [, side, kinds] = formula
      const text = kinds.length === 1 ? `kind(${side}) == ${kinds[0]}` : `kind(${side}) in [${kinds.join(', ')}]`
      return kinds.length === 0 ? 'false' : bracketed(TIES.comparison, text)
    }
    default:
      return bracketed(
        TIES.comparison,
        `${printedTerm(formula[1], TIES.sum)} ${formula[0]} ${printedTerm(formula[2], TIES.sum)}`,
      )
  }
}

function printedTerm(term: Term, tie: number): string {
  if (typeof term === 'number') return term < 0 && tie > TIES.sum ? `(${term})` : String(term)
  if (typeof term === 'string') return term
  const bracketed = (own: number, text: string) => (own < tie ? `(${text})` : text)
  switch (term[0]) {
    case 'let':
      return term[1]
    case 'abs':
      return `abs(${printedTerm(term[1], TIES.sum)})`
    case 'min':
    case 'max':
      return `${term[0]}(${printedTerm(term[1], TIES.sum)}, ${printedTerm(term[2], TIES.sum)})`
    case 'doc':
    case 'place':
    case 'run':
      return `${term[0]}(${term[1]})`
    case 'count':
      return `count(${term[1]}, ${term[2]})`
    default: {
      const own = term[0] === '+' || term[0] === '-' ? TIES.sum : TIES.product
      return bracketed(own, `${printedTerm(term[1], own)} ${term[0]} ${printedTerm(term[2], own + 1)}`)
    }
  }
}
