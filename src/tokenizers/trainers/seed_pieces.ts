/**
 * What Unigram starts from: every substring that occurs more than once and goes on in more than one way, by a suffix array over all
 * words (the internal nodes of their suffix tree, as esaxx enumerates them for `UnigramTrainer`).
 */

import { byCodePoints } from '../../core/code_points.ts'
import type { WordCounts } from './types.ts'

/** A piece with what it is worth before training: letters by how often they run, longer ones by words that hold them × length. */
export interface Seed {
  piece: string
  weight: number
}

const BOUNDARY = 0

export function seedPieces(counts: WordCounts, longest: number, most: number): Seed[] {
  const letters = new Map<string, number>()
  for (const [word, count] of counts) {
    for (const letter of word) if (letter !== '\0') letters.set(letter, (letters.get(letter) ?? 0) + count)
  }
  const single = Array.from(letters, ([piece, weight]): Seed => ({ piece, weight }))
  const longer = repeatedSubstrings([...counts.keys()], longest)
  // Of equals the later in Unicode's order comes first.
  const byWeight = (a: Seed, b: Seed) => b.weight - a.weight || byCodePoints(b.piece, a.piece)
  return [...single.sort(byWeight), ...longer.sort(byWeight)].slice(0, Math.max(most, single.length + 1))
}

/** @returns substrings of 2 to `longest` letters that are followed by different letters (or by a word's end and a letter) */
function repeatedSubstrings(words: readonly string[], longest: number): Seed[] {
  const text = flatten(words)
  const suffixes = sortedSuffixes(text, longest)
  const found: Seed[] = []
  /** Intervals of suffixes that begin alike, each in the one before. */
  const open: { depth: number; start: number }[] = [{ depth: 0, start: 0 }]
  const close = (depth: number, end: number) => {
    let start = end - 1
    for (let top = open.at(-1); top && top.depth > depth; top = open.at(-1)) {
      open.pop()
      start = top.start
      const seed = seedOf(text, suffixes[top.start] as number, top.depth, end - top.start, longest)
      if (seed) found.push(seed)
    }
    if ((open.at(-1)?.depth ?? 0) < depth) open.push({ depth, start })
  }
  for (let i = 1; i <= suffixes.length; i++) {
    const shared =
      i < suffixes.length ? sharedLetters(text, suffixes[i - 1] as number, suffixes[i] as number, longest) : 0
    close(shared, i)
  }
  return found
}

function seedOf(text: Int32Array, at: number, length: number, count: number, longest: number): Seed | undefined {
  if (length < 2 || length > longest) return undefined
  const part = text.subarray(at, at + length)
  if (part.includes(BOUNDARY)) return undefined
  return { piece: String.fromCodePoint(...part), weight: count * length }
}

/** All words, each closed by a boundary. */
function flatten(words: readonly string[]): Int32Array {
  return Int32Array.from(words.flatMap((word) => (word ? [...Array.from(word, codePoint), BOUNDARY] : [])))
}

const codePoint = (letter: string) => letter.codePointAt(0) as number

/** Where suffixes begin, in order of their first letters; longer ones than a piece can be need no order. */
function sortedSuffixes(text: Int32Array, longest: number): Int32Array {
  const starts: number[] = []
  for (let i = 0; i < text.length; i++) if (text[i] !== BOUNDARY) starts.push(i)
  return Int32Array.from(starts).sort((a, b) => {
    for (let i = 0; i <= longest; i++) {
      const [x, y] = [text[a + i] ?? BOUNDARY, text[b + i] ?? BOUNDARY]
      if (x !== y) return x - y
      if (x === BOUNDARY) return 0
    }
    return 0
  })
}

/** How far two suffixes are alike, a word's end included, up to one letter more than a piece can have. */
function sharedLetters(text: Int32Array, a: number, b: number, longest: number): number {
  for (let i = 0; i <= longest; i++) {
    if (text[a + i] !== text[b + i]) return i
    if (text[a + i] === BOUNDARY) return i + 1
  }
  return longest + 1
}
