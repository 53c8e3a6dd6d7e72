/**
 * Text that remembers where it came from. Tokenizers work on normalised text (lower case, accents stripped, spaces
 * around CJK characters); people point at what they typed. Every UTF-16 unit of an AlignedText carries the span
 * [start, end) of the original text it stands for.
 */

export interface AlignedText {
  readonly text: string
  /** For unit i of `text`: the first unit of the original it stands for… */
  readonly starts: Uint32Array
  /** …and the unit after its last. */
  readonly ends: Uint32Array
}

/** The original itself: every unit stands for itself. */
export function aligned(original: string): AlignedText {
  const starts = Uint32Array.from({ length: original.length }, (_, i) => i)
  return { text: original, starts, ends: starts.map((i) => i + 1) }
}

export function slice({ text, starts, ends }: AlignedText, from: number, to: number): AlignedText {
  return { text: text.slice(from, to), starts: starts.subarray(from, to), ends: ends.subarray(from, to) }
}

/**
 * `source` through a normaliser that works locally: on code points, on letters with their marks, or on words.
 * The text is normalise(source.text) to the letter; only the spans depend on where the normaliser can be cut, and
 * they are as fine as it allows.
 *
 * A mark that vanishes belongs to the letter before it, so the span of "e" covers an accent typed after it.
 */
export function normaliseAligned(source: AlignedText, normalise: (text: string) => string): AlignedText {
  const local = memoised(normalise)
  const text = local(source.text)
  return assemble(source, text, cuts(source.text, text, local))
}

/**
 * `source` with each code point replaced by itself, e.g. by its bytes.
 * @param replace one code point → its replacement
 */
export function mapCodePoints(source: AlignedText, replace: (codePoint: string) => string): AlignedText {
  const parts = (source.text.match(CODE_POINTS) ?? []).map((part): Cut => [part, replace(part)])
  return assemble(source, parts.map(([, replacement]) => replacement).join(''), parts)
}

/**
 * `source` with each part that matches replaced by `content`, which stands for that part.
 * @param parts all of the source's text in order
 */
export function replaceMatches(
  source: AlignedText,
  parts: readonly (readonly [from: number, to: number, isMatch: boolean])[],
  content: string,
): AlignedText {
  if (!parts.some(([, , isMatch]) => isMatch)) return source
  const text = parts.map(([from, to, isMatch]) => (isMatch ? content : source.text.slice(from, to))).join('')
  const starts = new Uint32Array(text.length)
  const ends = new Uint32Array(text.length)
  let unit = 0
  for (const [from, to, isMatch] of parts) {
    const length = isMatch ? content.length : to - from
    if (isMatch) {
      starts.fill(source.starts[from] ?? source.ends.at(-1) ?? 0, unit, unit + length)
      ends.fill(
        to > from ? (source.ends[to - 1] as number) : (source.starts[from] ?? source.ends.at(-1) ?? 0),
        unit,
        unit + length,
      )
    } else {
      starts.set(source.starts.subarray(from, to), unit)
      ends.set(source.ends.subarray(from, to), unit)
    }
    unit += length
  }
  return { text, starts, ends }
}

/** `prefix` before `source`, standing for its first letter, as in `tokenizers`. */
export function prepend(prefix: string, source: AlignedText): AlignedText {
  const letter = (source.text.codePointAt(0) ?? 0) > 0xffff ? 2 : 1
  const widen = (units: Uint32Array, of: number) => {
    const wide = new Uint32Array(prefix.length + units.length).fill(units[of] ?? 0, 0, prefix.length)
    wide.set(units, prefix.length)
    return wide
  }
  return { text: prefix + source.text, starts: widen(source.starts, 0), ends: widen(source.ends, letter - 1) }
}

/** A part of the source and what becomes of it. */
type Cut = [part: string, becomes: string]

/** `text` with the spans of the parts it is made of. */
function assemble(source: AlignedText, text: string, parts: Iterable<Cut>): AlignedText {
  const starts = new Uint32Array(text.length)
  const ends = new Uint32Array(text.length)
  let at = 0
  let unit = 0
  for (const [part, { length }] of parts) {
    const end = source.ends[at + part.length - 1] as number
    if (length === 0 && /^\p{M}/u.test(part)) widenLast(ends, unit, end)
    const start = source.starts[at] as number
    for (let i = unit; i < unit + length; i++) {
      starts[i] = start
      ends[i] = end
    }
    at += part.length
    unit += length
  }
  return { text, starts, ends }
}

/** Extends the last of the first `count` units to `end`, and with it the other units of the same letter. */
function widenLast(ends: Uint32Array, count: number, end: number): void {
  const before = ends[count - 1]
  for (let i = count - 1; i >= 0 && ends[i] === before; i--) ends[i] = end
}

const WORDS = /\s+|\S+/g
/** A letter with what composes with it: marks, the voicing of halfwidth kana, the parts of a Hangul syllable. */
const LETTERS = /.[\p{M}\p{Grapheme_Extend}\u1160-\u11FF]*/gsu
const CODE_POINTS = /./gsu

/** `source` in the smallest parts that, normalised alone and joined, give `normalised`. */
function* cuts(source: string, normalised: string, normalise: (text: string) => string): Generator<Cut> {
  const words = source.match(WORDS) ?? []
  for (const word of areParts(words, normalised, normalise) ? words : [source]) {
    for (const part of smallestParts(word, normalise)) yield [part, normalise(part)]
  }
}

function smallestParts(word: string, normalise: (text: string) => string): string[] {
  const normalised = normalise(word)
  for (const cut of [CODE_POINTS, LETTERS]) {
    const parts = word.match(cut) ?? []
    if (areParts(parts, normalised, normalise)) return parts
  }
  return [word]
}

/**
 * Whether normalising the parts alone changes nothing but what keeps every unit's place: the Greek sigma, whose lower
 * case depends on the letters around it, and the canonical order of marks.
 */
function areParts(parts: string[], normalised: string, normalise: (text: string) => string): boolean {
  const joined = parts.map(normalise).join('')
  if (joined === normalised) return true
  const plain = (text: string) => text.replaceAll('ς', 'σ').normalize('NFD')
  return joined.length === normalised.length && plain(joined) === plain(normalised)
}

function memoised(normalise: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    let result = known.get(text)
    if (result === undefined) {
      result = normalise(text)
      known.set(text, result)
    }
    return result
  }
}
