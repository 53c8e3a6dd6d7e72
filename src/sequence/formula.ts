/**
 * Masks as formulas: which query may read which key, in integers that every cell has. A formula is plain data, so that links can hold it;
 * `meaningOf` is its meaning. The mask studio (labs/masks) reads and writes it as text, typesets it and says it in Python.
 */

import type { Kind } from '../core/tokens.ts'

/** The reading token of a cell, or the one that is read. */
export type Side = 'q' | 'k'

/** A whole number that a cell has; rows count the active tokens from 0. */
export type Term =
  | number
  /** A constant that has a name: w = 4. */
  | readonly ['let', name: string, value: number]
  /** The row of the query, or of the key. */
  | Side
  /** How many tokens are read. */
  | 'T'
  /** What is divided by is a constant above 0; both round down, as in Python. */
  | readonly ['+' | '-' | '*' | '//' | '%' | 'min' | 'max', Term, Term]
  | readonly ['abs', Term]
  /** doc: which text it belongs to. place: where it stands in there. run: which unbroken stretch of tokens of one kind it is in. */
  | readonly ['doc' | 'place' | 'run', Side]
  /** How many stretches of a kind have begun up to there: of images, the number of the last one so far. */
  | readonly ['count', Kind, Side]

export type Comparison = '<' | '<=' | '==' | '!=' | '>' | '>='

export type Formula =
  | boolean
  | readonly ['and' | 'or', Formula, Formula]
  | readonly ['not', Formula]
  | readonly [Comparison, Term, Term]
  /** Whether a token is of one of these kinds. */
  | readonly ['is', Side, readonly Kind[]]

/** What a formula can ask of the tokens of one side, a number a token. */
export interface Facts {
  kinds: readonly Kind[]
  doc: readonly number[]
}

/** The numbers of the tokens that are derived from their kinds and documents. */
export const FACTS = {
  /** @returns where each token stands in its document */
  place({ doc }: Facts): number[] {
    const next = new Map<number, number>()
    return doc.map((one) => {
      const place = next.get(one) ?? 0
      next.set(one, place + 1)
      return place
    })
  },
  /** @returns the number of each token's stretch of tokens of one kind */
  run({ kinds }: Facts): number[] {
    let run = 0
    return kinds.map((kind, t) => (t > 0 && kind !== kinds[t - 1] ? ++run : run))
  },
  /** @returns how many stretches of the kind have begun up to each token */
  count({ kinds }: Facts, of: Kind): number[] {
    let count = 0
    return kinds.map((kind, t) => (kind === of && kinds[t - 1] !== of ? ++count : count))
  },
}

/** What a formula says of the query in one row and the key in another. */
export function meaningOf(formula: Formula, queries: Facts, keys: Facts): (query: number, key: number) => boolean {
  const facts = { q: queries, k: keys }
  return meaning(formula)

  function meaning(part: Formula): (q: number, k: number) => boolean {
    if (typeof part === 'boolean') return () => part
    switch (part[0]) {
      case 'and': {
        const [a, b] = [meaning(part[1]), meaning(part[2])]
        return (q, k) => a(q, k) && b(q, k)
      }
      case 'or': {
        const [a, b] = [meaning(part[1]), meaning(part[2])]
        return (q, k) => a(q, k) || b(q, k)
      }
      case 'not': {
        const a = meaning(part[1])
        return (q, k) => !a(q, k)
      }
      case 'is': {
        const is = facts[part[1]].kinds.map((kind) => part[2].includes(kind))
        return part[1] === 'q' ? (q) => is[q] === true : (_, k) => is[k] === true
      }
      default: {
        const [a, b] = [value(part[1]), value(part[2])]
        const compare = COMPARE[part[0]]
        return (q, k) => compare(a(q, k), b(q, k))
      }
    }
  }

  function value(term: Term): (q: number, k: number) => number {
    if (typeof term === 'number') return () => term
    if (term === 'q') return (q) => q
    if (term === 'k') return (_, k) => k
    if (term === 'T') return () => keys.kinds.length
    switch (term[0]) {
      case 'let': {
        const constant = term[2]
        return () => constant
      }
      case 'abs': {
        const a = value(term[1])
        return (q, k) => Math.abs(a(q, k))
      }
      case 'doc':
        return at(term[1], facts[term[1]].doc)
      case 'place':
      case 'run':
        return at(term[1], FACTS[term[0]](facts[term[1]]))
      case 'count':
        return at(term[2], FACTS.count(facts[term[2]], term[1]))
      default: {
        const [a, b] = [value(term[1]), value(term[2])]
        const operate = OPERATE[term[0]]
        return (q, k) => operate(a(q, k), b(q, k))
      }
    }
  }
}

function at(side: Side, numbers: readonly number[]): (q: number, k: number) => number {
  return side === 'q' ? (q) => numbers[q] as number : (_, k) => numbers[k] as number
}

const COMPARE: Record<Comparison, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

export const OPERATE: Record<'+' | '-' | '*' | '//' | '%' | 'min' | 'max', (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '//': (a, b) => Math.floor(a / b),
  '%': (a, b) => a - b * Math.floor(a / b),
  min: Math.min,
  max: Math.max,
}
