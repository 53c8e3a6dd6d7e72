/**
 * Which regular expressions could keep a backtracking matcher busy for ever. Accepted patterns take at most about the
 * square of the text's length:
 *
 * - a repeated group has one way through it: no alternatives, no optional part, no repeat inside (but an exact count);
 * - in a row of parts at most one repeat stands before a part that must match, since each such repeat is another power;
 * - alternatives and optional parts of a row multiply to a bounded number of ways;
 * - nothing refers back to a group.
 */

/** Counts up to this are as good as written out. */
const FEW = 8
const MAX_WAYS = 1000
const MAX_DEPTH = 50

interface Quantifier {
  min: number
  max: number
}

/** What a group or pattern can do. */
interface Part {
  /** Ways through it: alternatives and optional parts multiplied, repeats left out. */
  ways: number
  /** Whether it can match nothing. */
  optional: boolean
  /** The most repeats in a row that can each give back what they took. */
  repeats: number
  /** It takes nothing: a lookahead or lookbehind. */
  looksAround?: boolean
}

export interface SlowPart {
  found: string
  expected: string
}

export function slowPart(regex: string): SlowPart | undefined {
  try {
    readAlternatives(new Cursor(regex), 0)
    return undefined
  } catch (reason) {
    if (reason instanceof Slow) return reason
    throw reason
  }
}

class Slow implements SlowPart {
  readonly found: string
  readonly expected: string
  constructor(found: string, expected: string) {
    this.found = found
    this.expected = expected
  }
}

class Cursor {
  readonly text: string
  at = 0
  constructor(text: string) {
    this.text = text
  }

  /** Moves over what the sticky pattern matches here. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0]
    this.at += found?.length ?? 0
    return found
  }
}

/** Up to the end of the group that is open, which a `)` closes. */
function readAlternatives(cursor: Cursor, depth: number): Part {
  if (depth > MAX_DEPTH) throw new Slow(`groups ${depth} deep`, `at most ${MAX_DEPTH}`)
  const rows = [readRow(cursor, depth)]
  while (cursor.take(/\|/y)) rows.push(readRow(cursor, depth))
  return {
    ways: rows.reduce((sum, { ways }) => sum + ways, 0),
    optional: rows.some(({ optional }) => optional),
    repeats: Math.max(...rows.map(({ repeats }) => repeats)),
  }
}

function readRow(cursor: Cursor, depth: number): Part {
  let ways = 1
  let optional = true
  /** Repeats that a later part can make give back what they took. */
  let waiting = 0
  while (
    cursor.at < cursor.text.length &&
    !(depth > 0 && cursor.text[cursor.at] === ')') &&
    cursor.text[cursor.at] !== '|'
  ) {
    const start = cursor.at
    const atom = readAtom(cursor, depth)
    const quantifier = readQuantifier(cursor)
    const text = cursor.text.slice(start, cursor.at)
    const part = quantifier ? repeated(atom, quantifier, text) : atom
    if (!part.optional && waiting + (part.looksAround ? part.repeats : 0) > 1) {
      throw new Slow(`several repeats before "${text}"`, 'at most one before a part that must match')
    }
    if (!part.looksAround) waiting += part.repeats
    optional &&= part.optional
    ways *= part.ways
    if (ways > MAX_WAYS) throw new Slow(`more than ${MAX_WAYS} ways to match one place`, 'fewer alternatives in a row')
  }
  return { ways, optional, repeats: waiting }
}

function repeated(atom: Part, { min, max }: Quantifier, text: string): Part {
  if (max > 1 && (atom.ways > 1 || atom.repeats > 0)) {
    throw new Slow(`the repeated group "${text}"`, 'repeats of one character, class or plain word')
  }
  const isRepeat = max > FEW && min !== max
  return {
    ways: isRepeat ? atom.ways : atom.ways + max - min,
    optional: atom.optional || min === 0,
    repeats: isRepeat ? 1 : atom.repeats,
  }
}

const PLAIN: Part = { ways: 1, optional: false, repeats: 0 }

function readAtom(cursor: Cursor, depth: number): Part {
  const { text } = cursor
  const back = cursor.take(/\\(?:[1-9]|[kgXRK])/y)
  if (back) throw new Slow(`"${back}"`, 'nothing that refers back to a group')
  if (cursor.take(/\\[pPxu]\{[^}]*\}|\\[\s\S]?/y)) return PLAIN
  if (text[cursor.at] === '[') {
    cursor.at = endOfClass(text, cursor.at) + 1
    return PLAIN
  }
  if (cursor.take(/\(/y)) {
    const prefix = cursor.take(/\?(?:[:=!>]|<[=!]|<\w+>|i:)/y) ?? ''
    if (!prefix && text[cursor.at] === '?')
      throw new Slow(`"(${text.slice(cursor.at, cursor.at + 3)}"`, 'groups (…), (?:…), (?=…), (?!…), (?i:…)')
    const inside = readAlternatives(cursor, depth + 1)
    cursor.take(/\)/y)
    return /^\?<?[=!]/.test(prefix) ? { ...inside, optional: false, looksAround: true } : inside
  }
  cursor.take(/[\s\S]/uy)
  return PLAIN
}

function readQuantifier(cursor: Cursor): Quantifier | undefined {
  let all: Quantifier | undefined
  for (let next = readOne(cursor); next; next = readOne(cursor)) {
    // What follows a quantifier directly (lazy, possessive, or a quantifier of a quantifier) widens it at most.
    all = { min: Math.min(all?.min ?? next.min, next.min), max: Math.max(all?.max ?? 0, next.max) }
  }
  return all
}

function readOne(cursor: Cursor): Quantifier | undefined {
  const sign = cursor.take(/[*+?]/y)
  if (sign) return { min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Number.POSITIVE_INFINITY }
  const braces = cursor.take(/\{(?:\d+(?:,\d*)?|,\d+)\}/y)
  if (!braces) return undefined
  const [low = '', high = low] = braces.slice(1, -1).split(',')
  return { min: Number(low), max: high === '' ? Number.POSITIVE_INFINITY : Number(high) }
}

/** The index of the `]` that closes a class, which may hold others. */
function endOfClass(text: string, start: number): number {
  let depth = 0
  for (let i = start; i < text.length; i++) {
    const char = text[i]
    if (char === '\\') i++
    else if (char === '[') {
      depth++
      if (text[i + 1] === '^') i++
      if (text[i + 1] === ']') i++
    } else if (char === ']' && --depth === 0) return i
  }
  return text.length
}
