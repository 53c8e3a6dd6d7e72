/** Byte-pair encoding (Sennrich et al. 2016): letters, then merges in the order in which they were learned (bpe/word.rs). */

import { ClsroomError } from '../../core/errors.ts'
import type { ModelConfig } from '../tokenizer_file.ts'
import { byteTokens } from './byte_letters.ts'
import type { Token, TokenModel } from './token.ts'

type Config = Extract<ModelConfig, { type: 'BPE' }>

interface Merge {
  rank: number
  id: number
}

/** @param vocabulary the ids by token, without those that typed text never gets */
export function bpe(config: Config, vocabulary: ReadonlyMap<string, number>, unkId: number | undefined): TokenModel {
  const merges = readMerges(config, vocabulary)
  return (word) => {
    const whole = config.ignore_merges ? vocabulary.get(word) : undefined
    if (whole !== undefined) return [[whole, 0, word.length]]
    return mergeAll(letters(word, config, vocabulary, unkId), merges)
  }
}

const pairKey = (left: number, right: number) => left * 2 ** 26 + right

function readMerges(config: Config, vocabulary: ReadonlyMap<string, number>): Map<number, Merge> {
  const { merges, vocab, continuing_subword_prefix: prefix } = config
  const idOf = (token: string, merge: unknown): number | undefined => {
    if (Object.hasOwn(vocab, token)) return vocabulary.get(token)
    throw new ClsroomError(
      'tokenizer',
      'A merge of tokenizer.json makes or takes a token that is not in the vocabulary',
      {
        found: `"${token.slice(0, 40)}" in ${String(JSON.stringify(merge)).slice(0, 80)}`,
        expected: 'tokens of the vocabulary',
        advice: 'Export the tokenizer again with the transformers library',
      },
    )
  }
  const read = new Map<number, Merge>()
  merges.forEach((merge, rank) => {
    const [left, right] = typeof merge === 'string' ? halves(merge) : merge
    const merged = left + (prefix && right.startsWith(prefix) ? right.slice(prefix.length) : right)
    const [leftId, rightId, id] = [idOf(left, merge), idOf(right, merge), idOf(merged, merge)]
    if (leftId === undefined || rightId === undefined || id === undefined) return
    read.set(pairKey(leftId, rightId), { rank, id })
  })
  return read
}

function halves(merge: string): [string, string] {
  const parts = merge.split(' ')
  if (parts.length === 2) return parts as [string, string]
  throw new ClsroomError('tokenizer', 'A merge of tokenizer.json is not two tokens', {
    found: `"${merge.slice(0, 80)}"`,
    expected: 'two tokens with a space between them',
    advice: 'Export the tokenizer again with the transformers library',
  })
}

/** The word's letters as tokens; what the vocabulary lacks in bytes, or unknown. */
function letters(
  word: string,
  config: Config,
  vocabulary: ReadonlyMap<string, number>,
  unkId: number | undefined,
): Token[] {
  const found: Token[] = []
  let unknown: Token | undefined
  const flush = () => {
    if (unknown) found.push(unknown)
    unknown = undefined
  }
  let from = 0
  for (const letter of word) {
    const to = from + letter.length
    const prefix = from > 0 ? (config.continuing_subword_prefix ?? '') : ''
    const token = prefix + letter + (to === word.length ? (config.end_of_word_suffix ?? '') : '')
    const id = vocabulary.get(token)
    const bytes = id === undefined && config.byte_fallback ? byteTokens(token).map((byte) => vocabulary.get(byte)) : []
    if (id !== undefined) {
      flush()
      found.push([id, from, to])
    } else if (bytes.length > 0 && bytes.every((byte) => byte !== undefined)) {
      for (const byte of bytes) found.push([byte, from, to])
    } else if (unkId !== undefined) {
      if (unknown && config.fuse_unk) unknown[2] = to
      else {
        flush()
        unknown = [unkId, from, to]
      }
    }
    from = to
  }
  flush()
  return found
}

interface Candidate extends Merge {
  /** The left token's place. */
  at: number
}

/** The earliest learned merge first, and of equals the leftmost, until there is none. */
function mergeAll(found: Token[], merges: ReadonlyMap<number, Merge>): Token[] {
  const tokens: (Token | undefined)[] = found
  const next = tokens.map((_, i) => i + 1)
  const before = tokens.map((_, i) => i - 1)
  const queue = new Queue()
  const consider = (at: number) => {
    const [left, right] = [tokens[at], tokens[next[at] ?? -1]]
    const merge = left && right && merges.get(pairKey(left[0], right[0]))
    if (merge) queue.push({ ...merge, at })
  }
  tokens.forEach((_, at) => {
    consider(at)
  })
  for (let best = queue.pop(); best; best = queue.pop()) {
    const { at, id } = best
    const after = next[at] as number
    const [left, right] = [tokens[at], tokens[after]]
    // One of the two was merged with another token meanwhile.
    if (!left || !right || merges.get(pairKey(left[0], right[0]))?.id !== id) continue
    tokens[at] = [id, left[1], right[2]]
    tokens[after] = undefined
    next[at] = next[after] as number
    if (tokens[next[at]]) before[next[at]] = at
    consider(before[at] as number)
    consider(at)
  }
  return tokens.filter((token) => token !== undefined)
}

/** A binary heap: the smallest rank, then the leftmost. */
class Queue {
  readonly #items: Candidate[] = []

  push(item: Candidate): void {
    const items = this.#items
    let i = items.push(item) - 1
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (!isBefore(items[i] as Candidate, items[parent] as Candidate)) return
      this.#swap(i, parent)
      i = parent
    }
  }

  pop(): Candidate | undefined {
    const items = this.#items
    const first = items[0]
    const last = items.pop()
    if (items.length === 0 || !last) return first
    items[0] = last
    for (let i = 0; ; ) {
      const children = [2 * i + 1, 2 * i + 2].filter((child) => child < items.length)
      const [a, b] = children
      const child = b !== undefined && isBefore(items[b] as Candidate, items[a as number] as Candidate) ? b : a
      if (child === undefined || !isBefore(items[child] as Candidate, items[i] as Candidate)) return first
      this.#swap(i, child)
      i = child
    }
  }

  #swap(a: number, b: number): void {
    const items = this.#items
    const kept = items[a] as Candidate
    items[a] = items[b] as Candidate
    items[b] = kept
  }
}

function isBefore(a: Candidate, b: Candidate): boolean {
  return a.rank < b.rank || (a.rank === b.rank && a.at < b.at)
}
