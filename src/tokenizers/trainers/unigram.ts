/**
 * Unigram (Kudo 2018, "Subword Regularization") as `UnigramTrainer` of Hugging Face's `tokenizers` trains it (models/unigram/trainer.rs):
 * many seed pieces, expectation–maximisation with a sparse prior, and pruning of what the corpus misses least.
 */

import { type Arc, Lattice, UNKNOWN_ID } from '../lattice.ts'
import { codePoints, PieceTrie } from './piece_trie.ts'
import { seedPieces } from './seed_pieces.ts'
import type { Trainer, TrainerOptions, WordCounts } from './types.ts'

export interface UnigramOptions extends TrainerOptions {
  alphabet?: readonly string[]
  /** What pruning keeps. */
  shrinking?: number
  longestPiece?: number
  /** Expectation–maximisation between two prunings. */
  iterations?: number
}

/** A piece with its score: the natural logarithm of its probability. */
export type ScoredPiece = [piece: string, score: number]

export interface LostPiece {
  piece: string
  /** How much less likely a word of the corpus is without it, in nats; 0 for what no best way uses. */
  loss: number
}

export type UnigramStep =
  | { kind: 'seed'; pieces: number; best: ScoredPiece[] }
  | {
      kind: 'em'
      round: number
      pieces: number
      /** −log likelihood of a word of the corpus, before this step's new scores. */
      objective: number
      /** Pieces that were expected less than half a time. */
      dropped: number
      best: ScoredPiece[]
    }
  | {
      kind: 'prune'
      round: number
      pieces: number
      /** How many went because no best way uses them. */
      unused: number
      /** How many went for their small loss, and what a word loses by all of them. */
      pruned: number
      loss: number
      /** Of these the dearest, and the cheapest that stayed. */
      last: LostPiece[]
      saved: LostPiece[]
    }
  | { kind: 'final'; pieces: number; cut: number; added: string[]; best: ScoredPiece[] }

export interface TrainedUnigram {
  pieces: ScoredPiece[]
}

const SEEDS = 1_000_000
const UNKNOWN_PENALTY = 10
const FEWEST_EXPECTED = 0.5
const SHOWN = 8

export function* trainUnigram(counts: WordCounts, options: UnigramOptions): Trainer<UnigramStep, TrainedUnigram> {
  const { vocabularySize, shrinking = 0.75, longestPiece = 16, iterations = 2 } = options
  const seeds = seedPieces(counts, longestPiece, SEEDS)
  const corpus = new Corpus(
    counts,
    seeds.map(({ piece }) => piece),
  )
  const logTotal = Math.log(seeds.reduce((sum, { weight }) => sum + weight, 0))
  let pieces: ScoredPiece[] = [
    UNKNOWN,
    ...seeds.map(({ piece, weight }): ScoredPiece => [piece, Math.log(weight) - logTotal]),
  ]
  yield { kind: 'seed', pieces: seeds.length, best: best(pieces) }
  const enough = Math.floor((vocabularySize * 11) / 10)
  for (let round = 1; ; round++) {
    for (let i = 0; i < iterations; i++) {
      const { objective, expected } = corpus.expect(pieces)
      const before = pieces.length
      pieces = maximise(pieces, expected)
      const dropped = before - pieces.length
      yield { kind: 'em', round, pieces: pieces.length - 1, objective, dropped, best: best(pieces) }
    }
    if (pieces.length <= enough) break
    const size = Math.max(enough, Math.floor(pieces.length * shrinking))
    const { kept, ...told } = prune(corpus, pieces, size)
    pieces = kept
    yield { kind: 'prune', round, pieces: kept.length - 1, ...told }
  }
  const { final, added, cut } = finalise(pieces, counts, options)
  yield { kind: 'final', pieces: final.length, cut, added, best: best([UNKNOWN, ...final]) }
  return { pieces: [...options.specials.map((token): ScoredPiece => [token, 0]), ...final] }
}

/** Stands first while training, for letters that no piece covers. */
const UNKNOWN: ScoredPiece = ['\0unknown', Number.NaN]

function best(pieces: readonly ScoredPiece[]): ScoredPiece[] {
  return pieces
    .slice(1)
    .filter(([piece]) => piece.length > 1)
    .sort(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
}

/** The words, and what pieces make of them. */
class Corpus {
  readonly words: { letters: Int32Array; count: number }[]
  readonly total: number
  readonly #trie: PieceTrie

  constructor(counts: WordCounts, seeds: readonly string[]) {
    this.words = Array.from(counts, ([word, count]) => ({ letters: codePoints(word), count }))
    this.total = this.words.reduce((sum, { count }) => sum + count, 0)
    this.#trie = new PieceTrie(seeds)
  }

  /** Reads words with these pieces, each under its index. */
  reader(pieces: readonly ScoredPiece[]): (letters: Int32Array) => Lattice {
    this.#trie.assign(pieces.map(([piece]) => piece))
    const lowest = pieces.slice(1).reduce((least, [, score]) => Math.min(score, least), Number.POSITIVE_INFINITY)
    return (letters) => new Lattice(letters.length, arcsOf(this.#trie, letters, pieces, lowest - UNKNOWN_PENALTY))
  }

  /** How often each piece is expected, over all ways to cut every word. */
  expect(pieces: readonly ScoredPiece[]): { objective: number; expected: Float64Array } {
    const read = this.reader(pieces)
    const expected = new Float64Array(pieces.length)
    let objective = 0
    for (const { letters, count } of this.words) {
      const lattice = read(letters)
      const { z, shares } = lattice.marginals()
      for (const [i, { id }] of lattice.arcs.entries()) {
        expected[id] = (expected[id] as number) + count * (shares[i] as number)
      }
      objective -= (count * z) / this.total
    }
    return { objective, expected }
  }
}

/** Pieces at every place of a word; where none is of one letter, the unknown one. */
export function arcsOf(
  trie: PieceTrie,
  letters: Int32Array,
  pieces: readonly ScoredPiece[],
  unknownScore: number,
): Arc[] {
  const arcs: Arc[] = []
  for (let from = 0; from < letters.length; from++) {
    let hasLetter = false
    trie.at(letters, from, (id, to) => {
      arcs.push({ from, to, id, score: (pieces[id] as ScoredPiece)[1] })
      hasLetter ||= to === from + 1
    })
    if (!hasLetter) arcs.push({ from, to: from + 1, id: UNKNOWN_ID, score: unknownScore })
  }
  return arcs
}

/** New scores by the digamma function, a prior that keeps few pieces (Liang & Klein, ACL 2007 tutorial). */
function maximise(pieces: readonly ScoredPiece[], expected: Float64Array): ScoredPiece[] {
  const kept: ScoredPiece[] = [UNKNOWN]
  let sum = 0
  for (const [id, [piece]] of pieces.entries()) {
    const often = expected[id] as number
    if (id === UNKNOWN_ID || often < FEWEST_EXPECTED) continue
    kept.push([piece, often])
    sum += often
  }
  const logSum = digamma(sum)
  return kept.map(([piece, often], id) => (id === UNKNOWN_ID ? UNKNOWN : [piece, digamma(often) - logSum]))
}

/** By its recurrence up to 7 and the asymptotic series about x − ½. */
function digamma(x: number): number {
  let result = 0
  let at = x
  while (at < 7) {
    result -= 1 / at
    at += 1
  }
  at -= 0.5
  const square = (1 / at) * (1 / at)
  const fourth = square * square
  return (
    result +
    Math.log(at) +
    (1 / 24) * square -
    (7 / 960) * fourth +
    (31 / 8064) * fourth * square -
    (127 / 30720) * fourth * fourth
  )
}

/** Leaves out the pieces that the corpus loses least by: each is taken to be replaced by its own second-best cut. */
function prune(corpus: Corpus, pieces: readonly ScoredPiece[], size: number) {
  const read = corpus.reader(pieces)
  const always = new Uint8Array(pieces.length)
  const alternatives: number[][] = pieces.map(() => [])
  for (const [id, [piece]] of pieces.entries()) {
    if (id === UNKNOWN_ID) continue
    const [first, second] = read(codePoints(piece)).nBest(2)
    if (second && first && first.arcs.length > 1) continue
    always[id] = 1
    if (second) alternatives[id] = second.arcs.map((arc) => arc.id)
  }
  const often = new Float64Array(pieces.length)
  for (const { letters, count } of corpus.words) {
    for (const { id } of read(letters).best()) often[id] = (often[id] as number) + count
  }
  const sum = often.reduce((all, one) => all + one, 0)
  const logSum = Math.log(sum)
  const kept: ScoredPiece[] = [UNKNOWN]
  const candidates: { id: number; loss: number }[] = []
  let unused = 0
  for (const [id, piece] of pieces.entries()) {
    const count = often[id] as number
    const instead = alternatives[id] as number[]
    if (id === UNKNOWN_ID) continue
    if (count === 0 && (!always[id] || instead.length > 0)) unused++
    else if (instead.length === 0) kept.push(piece)
    else {
      // The number of all pieces, as in trainer.rs (and SentencePiece), where that of this piece's alternatives is meant.
      const logSumInstead = Math.log(sum + count * (pieces.length - 1))
      const logInstead = instead.reduce(
        (all, other) => all + Math.log((often[other] as number) + count) - logSumInstead,
        0,
      )
      candidates.push({ id, loss: (count / corpus.total) * (Math.log(count) - logSum - logInstead) })
    }
  }
  candidates.sort((a, b) => b.loss - a.loss)
  // As in trainer.rs: where what has no alternative is already more than that, nothing is cut.
  const room = kept.length > size ? candidates.length : size - kept.length
  const [stay, go] = [candidates.slice(0, room), candidates.slice(room)]
  const named = ({ id, loss }: { id: number; loss: number }): LostPiece => ({
    piece: (pieces[id] as ScoredPiece)[0],
    loss,
  })
  return {
    kept: [...kept, ...stay.map(({ id }) => pieces[id] as ScoredPiece)],
    unused,
    pruned: go.length,
    loss: go.reduce((all, { loss }) => all + loss, 0),
    last: go.slice(0, SHOWN).map(named),
    saved: stay.slice(-SHOWN).reverse().map(named),
  }
}

const PENALTY_STEP = 0.0001

/** Every letter of the corpus, then pieces in their order up to the size; best score first. */
function finalise(
  pieces: readonly ScoredPiece[],
  counts: WordCounts,
  { vocabularySize, specials, alphabet = [] }: UnigramOptions,
) {
  const scores = new Map(pieces.slice(1))
  const lowest = Math.min(...scores.values())
  const letters = new Set(alphabet)
  for (const word of counts.keys()) for (const letter of word) letters.add(letter)
  const added: string[] = []
  const final = new Map<string, number>()
  for (const letter of letters) {
    const score = scores.get(letter)
    final.set(letter, score ?? lowest + PENALTY_STEP * added.length)
    if (score === undefined) added.push(letter)
  }
  let cut = 0
  for (const [piece, score] of scores) {
    if (final.has(piece)) continue
    if (final.size < vocabularySize - specials.length) final.set(piece, score)
    else cut++
  }
  return { final: [...final].sort(([, a], [, b]) => b - a), added, cut }
}

/** The smallest vocabulary that has every letter. @returns how many tokens that is */
export function fewestPieces(counts: WordCounts, specials: readonly string[]): number {
  const letters = new Set<string>()
  for (const word of counts.keys()) for (const letter of word) letters.add(letter)
  return letters.size + specials.length
}
