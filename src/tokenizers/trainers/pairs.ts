/**
 * Byte-pair encoding (Sennrich et al. 2016) as `BpeTrainer` of Hugging Face's `tokenizers` trains it, and WordPiece, whose trainer
 * there is the same one with a prefix on letters within words. A third way takes the pair of the highest score instead of the most
 * frequent one: count(ab) / (count(a) · count(b)), as Schuster & Nakajima (2012) train WordPiece.
 */

import { byCodePoints } from '../../core/code_points.ts'
import { Heap } from '../../core/heap.ts'
import type { Trainer, TrainerOptions, WordCounts } from './types.ts'

export type PairRule = 'count' | 'score'

export interface PairOptions extends TrainerOptions {
  /** What pieces within a word begin with: `##`. */
  prefix?: string
  /** Letters that the vocabulary has whether the corpus has them or not. */
  alphabet?: readonly string[]
  by?: PairRule
}

/** A pair that could be merged. */
export interface Candidate {
  left: string
  right: string
  count: number
  /** count(ab) / (count(a) · count(b)) */
  score: number
}

export interface MergeStep extends Candidate {
  merged: string
  /** The next best, best first. */
  runnersUp: Candidate[]
  /** How many tokens the corpus is now. */
  tokens: number
}

export interface TrainedPairs {
  /** In the order of their ids. */
  vocabulary: string[]
  merges: [left: string, right: string][]
}

const RUNNERS_UP = 5
/** More tokens than any training has; two ids are one exact number. */
const WIDTH = 2 ** 26

const keyOf = (left: number, right: number) => left * WIDTH + right
const leftOf = (pair: number) => Math.floor(pair / WIDTH)
const rightOf = (pair: number) => pair % WIDTH

interface Queued {
  pair: number
  count: number
  /** The words that this entry stands for. */
  words: Set<number>
}

/** Most frequent pair first; of equals the one of smaller ids: what came into the vocabulary earlier. */
export function* trainPairs(counts: WordCounts, options: PairOptions): Trainer<MergeStep, TrainedPairs> {
  const { vocabularySize, prefix = '', by = 'count' } = options
  const tokens = new Tokens(counts, options)
  const corpus = new Corpus(counts, tokens, prefix)
  const choose = by === 'count' ? mostFrequent(corpus) : highestScore(corpus)
  const merges = new Map<number, [string, string]>()
  while (tokens.size < vocabularySize) {
    const chosen = choose()
    if (!chosen) break
    const { pair, words, runnersUp } = chosen
    const step = candidate(corpus, tokens, pair)
    const rest = prefix && step.right.startsWith(prefix) ? step.right.slice(prefix.length) : step.right
    const merged = step.left + rest
    const id = tokens.add(merged)
    // The same two can be merged again, where a token that was there before makes them neighbours anew: the later rank holds.
    merges.delete(pair)
    merges.set(pair, [step.left, step.right])
    const others = runnersUp.map((other) => candidate(corpus, tokens, other))
    // Every occurrence is merged; the queue never sees this count again, a search through all pairs would.
    if (by === 'score') corpus.pairs.delete(pair)
    corpus.merge(pair, id, words)
    yield { ...step, merged, runnersUp: others, tokens: corpus.length }
  }
  return { vocabulary: tokens.list, merges: [...merges.values()] }
}

function candidate(corpus: Corpus, tokens: Tokens, pair: number): Candidate {
  return {
    left: tokens.list[leftOf(pair)] as string,
    right: tokens.list[rightOf(pair)] as string,
    count: corpus.pairs.get(pair) as number,
    score: corpus.score(pair),
  }
}

/** The vocabulary as it grows. */
class Tokens {
  readonly list: string[] = []
  readonly #ids = new Map<string, number>()

  /** Special tokens, letters in Unicode's order, letters within words in the same order. */
  constructor(counts: WordCounts, { specials, alphabet = [], prefix = '' }: PairOptions) {
    for (const token of specials) this.add(token)
    const letters = new Set(alphabet)
    const within = new Set<string>()
    for (const word of counts.keys()) {
      let isFirst = true
      for (const letter of word) {
        letters.add(letter)
        if (!isFirst) within.add(letter)
        isFirst = false
      }
    }
    for (const letter of [...letters].sort(byCodePoints)) this.add(letter)
    if (prefix) for (const letter of [...within].sort(byCodePoints)) this.add(prefix + letter)
  }

  get size(): number {
    return this.list.length
  }

  add(token: string): number {
    const known = this.#ids.get(token)
    if (known !== undefined) return known
    this.#ids.set(token, this.list.length)
    return this.list.push(token) - 1
  }
}

/** The words as tokens, and the counts of their pairs, kept up to date by every merge. */
class Corpus {
  readonly pairs = new Map<number, number>()
  /** Where pairs came up since this was last emptied. */
  readonly fresh = new Map<number, Set<number>>()
  /** Running tokens. */
  length = 0
  readonly #words: number[][]
  readonly #counts: number[]
  readonly #tokenCounts: number[] = []

  constructor(counts: WordCounts, tokens: Tokens, prefix: string) {
    this.#counts = [...counts.values()]
    this.#words = Array.from(counts.keys(), (word) =>
      Array.from(word, (letter, i) => tokens.add(i > 0 ? prefix + letter : letter)),
    )
    for (const [w, word] of this.#words.entries()) {
      const count = this.#counts[w] as number
      for (const [i, id] of word.entries()) {
        this.#count(id, count)
        const next = word[i + 1]
        if (next !== undefined) this.#change(keyOf(id, next), count, w)
      }
    }
  }

  score(pair: number): number {
    const of = (id: number) => this.#tokenCounts[id] ?? 0
    return (this.pairs.get(pair) as number) / (of(leftOf(pair)) * of(rightOf(pair)))
  }

  /** As `Word::merge` of models/bpe/word.rs: the counts of the merged pair itself stay. */
  merge(pair: number, id: number, words: Iterable<number>): void {
    const [left, right] = [leftOf(pair), rightOf(pair)]
    for (const w of words) {
      const word = this.#words[w] as number[]
      const count = this.#counts[w] as number
      const made: number[] = []
      for (let i = 0; i < word.length; i++) {
        if (word[i] !== left || word[i + 1] !== right) {
          made.push(word[i] as number)
          continue
        }
        const before = made.at(-1)
        const after = word[i + 2]
        if (before !== undefined) {
          this.#change(keyOf(before, left), -count, w)
          this.#change(keyOf(before, id), count, w)
        }
        if (after !== undefined) {
          this.#change(keyOf(right, after), -count, w)
          this.#change(keyOf(id, after), count, w)
        }
        this.#count(left, -count)
        this.#count(right, -count)
        this.#count(id, count)
        made.push(id)
        i++
      }
      this.#words[w] = made
    }
  }

  #count(id: number, change: number): void {
    this.#tokenCounts[id] = (this.#tokenCounts[id] ?? 0) + change
    this.length += change
  }

  #change(pair: number, change: number, word: number): void {
    this.pairs.set(pair, (this.pairs.get(pair) ?? 0) + change)
    if (change < 0) return
    const words = this.fresh.get(pair)
    if (words) words.add(word)
    else this.fresh.set(pair, new Set([word]))
  }
}

type Choose = () => { pair: number; words: Iterable<number>; runnersUp: number[] } | null

/** A queue whose entries are corrected when they come up: a count that has fallen goes back in. */
function mostFrequent(corpus: Corpus): Choose {
  const queue = new Heap<Queued>((a, b) => a.count < b.count || (a.count === b.count && a.pair >= b.pair))
  const next = (): Queued | undefined => {
    for (let top = queue.pop(); top; top = queue.pop()) {
      const count = corpus.pairs.get(top.pair) as number
      if (top.count === count) return top
      queue.push({ ...top, count })
    }
    return undefined
  }
  return () => {
    for (const [pair, words] of corpus.fresh) {
      const count = corpus.pairs.get(pair) as number
      if (count > 0) queue.push({ pair, count, words })
    }
    corpus.fresh.clear()
    const top = next()
    if (!top || top.count < 1) return null
    const others: Queued[] = []
    while (others.length < RUNNERS_UP) {
      const other = next()
      if (!other) break
      others.push(other)
    }
    for (const other of others) queue.push(other)
    const runnersUp = others.filter(({ count }) => count > 0).map(({ pair }) => pair)
    return { pair: top.pair, words: top.words, runnersUp }
  }
}

/** Every pair's score changes with every merge, so all are looked at. Of equals the one of smaller ids. */
function highestScore(corpus: Corpus): Choose {
  const places = new Map<number, Set<number>>()
  return () => {
    for (const [pair, words] of corpus.fresh) {
      const known = places.get(pair)
      if (known) for (const word of words) known.add(word)
      else places.set(pair, words)
    }
    corpus.fresh.clear()
    const best: { pair: number; score: number }[] = []
    for (const [pair, count] of corpus.pairs) {
      if (count < 1) {
        corpus.pairs.delete(pair)
        places.delete(pair)
        continue
      }
      const score = corpus.score(pair)
      const comesFirst = (other: { pair: number; score: number }) =>
        score > other.score || (score === other.score && pair < other.pair)
      const last = best.at(-1)
      if (best.length > RUNNERS_UP && last && !comesFirst(last)) continue
      const place = best.findIndex(comesFirst)
      best.splice(place < 0 ? best.length : place, 0, { pair, score })
      if (best.length > RUNNERS_UP + 1) best.pop()
    }
    const [top, ...others] = best
    if (!top) return null
    const words = places.get(top.pair) ?? new Set<number>()
    return { pair: top.pair, words, runnersUp: others.map(({ pair }) => pair) }
  }
}
