/** What is measured with a tokenizer: coverage by vocabulary size, cuts drawn by chance, unknown words of held-out text. */

import { uniform } from '../core/random.ts'
import type { Column } from './column.ts'

/** Shares of running words, and pieces a word, with the first `size` tokens of a vocabulary. */
export interface CoveragePoint {
  size: number
  known: number
  whole: number
  fertility: number
}

export interface Coverage {
  train: CoveragePoint[]
  held: CoveragePoint[]
}

/** @returns null for a text without words */
function pointOf(column: Column, size: number, counts: ReadonlyMap<string, number>): CoveragePoint | null {
  const read = column.firstTokens(size)
  const sums = { words: 0, known: 0, whole: 0, pieces: 0 }
  for (const [word, count] of counts) {
    const ids = read(word)
    const known = !ids.some(column.isUnknown)
    sums.words += count
    sums.pieces += count * ids.length
    if (known) sums.known += count
    if (known && ids.length === 1) sums.whole += count
  }
  const { words, known, whole, pieces } = sums
  return words === 0 ? null : { size, known: known / words, whole: whole / words, fertility: pieces / words }
}

/** Sizes double from 64 up to the whole vocabulary. */
export function coverageOf(column: Column, train: readonly string[], held: readonly string[]): Coverage {
  const { vocabulary } = column.info()
  const sizes: number[] = []
  for (let size = 64; size < vocabulary; size *= 2) sizes.push(size)
  sizes.push(vocabulary)
  const over = (lines: readonly string[]) => {
    const counts = wordsOf(column, lines)
    return sizes.flatMap((size) => pointOf(column, size, counts) ?? [])
  }
  return { train: over(train), held: over(held) }
}

function wordsOf(column: Column, lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const line of lines) {
    for (const { text } of column.words(line)) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return counts
}

export interface LatticeView {
  letters: string[]
  arcs: { from: number; to: number; piece: string; score: number; share: number; best: boolean }[]
  nBest: { pieces: string[]; score: number; probability: number }[]
  drawn: { pieces: string[]; times: number }[]
}

export interface LatticeArgs {
  word: string
  best: number
  alpha: number
  draws: number
  seed: number
}

/** The lattice of one word; null where the column is no Unigram. */
export function latticeOf(column: Column, { word, best, alpha, draws, seed }: LatticeArgs): LatticeView | null {
  const found = column.lattice(word)
  if (!found) return null
  const { lattice } = found
  const letters = Array.from(word)
  const pieceOf = ({ from, to }: { from: number; to: number }) => letters.slice(from, to).join('')
  const { z, shares } = lattice.marginals()
  const bestArcs = new Set(lattice.best())
  const random = uniform(seed)
  return {
    letters,
    arcs: lattice.arcs.map((arc, i) => ({
      from: arc.from,
      to: arc.to,
      piece: pieceOf(arc),
      score: arc.score,
      share: shares[i] as number,
      best: bestArcs.has(arc),
    })),
    nBest: lattice.nBest(best).map(({ arcs, score }) => ({
      pieces: arcs.map(pieceOf),
      score,
      probability: Math.exp(score - z),
    })),
    drawn: counted(Array.from({ length: draws }, () => lattice.sample(alpha, random).map(pieceOf))),
  }
}

export interface DropoutArgs {
  text: string
  probability: number
  draws: number
  seed: number
}

export interface DropoutView {
  drawn: { pieces: string[]; times: number }[]
  /** Pieces of a draw, on average, and without dropout. */
  mean: number
  plain: number
}

/** BPE-dropout (Provilkov et al. 2020) over a text; null where the column is no BPE. */
export function dropoutOf(column: Column, { text, probability, draws, seed }: DropoutArgs): DropoutView | null {
  if (column.file.model.type !== 'BPE') return null
  const random = uniform(seed)
  const tokenizer = column.withDropout(() => random() < probability)
  const all = Array.from({ length: draws }, () => tokenizer.pieces(text).map(({ id }) => column.label(id)))
  return {
    drawn: counted(all),
    mean: all.reduce((sum, pieces) => sum + pieces.length, 0) / draws,
    plain: column.words(text).reduce((sum, { pieces }) => sum + pieces.length, 0),
  }
}

const SHOWN = 12

/** Equal draws together, most frequent first. */
function counted(draws: readonly string[][]): { pieces: string[]; times: number }[] {
  const found = new Map<string, { pieces: string[]; times: number }>()
  for (const pieces of draws) {
    const key = pieces.join('\0')
    const known = found.get(key)
    if (known) known.times++
    else found.set(key, { pieces, times: 1 })
  }
  return [...found.values()].sort((a, b) => b.times - a.times).slice(0, SHOWN)
}

/** An unknown word in the line that it stands in. */
export interface HeldUnknown {
  line: string
  start: number
  end: number
}

export function unknownsIn(column: Column, lines: readonly string[], most: number): HeldUnknown[] {
  const found: HeldUnknown[] = []
  for (const line of lines) {
    for (const { start, end, pieces } of column.words(line)) {
      if (!pieces.some(({ id }) => column.isUnknown(id))) continue
      found.push({ line, start, end })
      if (found.length === most) return found
    }
  }
  return found
}
