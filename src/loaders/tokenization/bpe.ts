/** Byte-pair encoding (Sennrich et al. 2016): letters, then merges in the order in which they were learned (bpe/word.rs). */

import { ClsroomError } from '../../core/errors.ts'
import { Heap } from '../../core/heap.ts'
import type { ModelConfig } from '../tokenizer_file.ts'
import { byteTokens } from './byte_letters.ts'
import type { Token, TokenModel } from './token.ts'

type Config = Extract<ModelConfig, { type: 'BPE' }>

interface Merge {
  rank: number
  id: number
}

/**
 * @param vocabulary the ids by token, without those that typed text never gets
 * @param drop whether a merge that is due is passed over for now (BPE-dropout, Provilkov et al. 2020)
 */
export function bpe(
  config: Config,
  vocabulary: ReadonlyMap<string, number>,
  unkId: number | undefined,
  drop?: () => boolean,
): TokenModel {
  const merges = readMerges(config, vocabulary)
  return (word) => {
    const whole = config.ignore_merges ? vocabulary.get(word) : undefined
    if (whole !== undefined) return [[whole, 0, word.length]]
    return mergeAll(letters(word, config, vocabulary, unkId), merges, drop)
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
function mergeAll(found: Token[], merges: ReadonlyMap<number, Merge>, drop?: () => boolean): Token[] {
  const tokens: (Token | undefined)[] = found
  const next = tokens.map((_, i) => i + 1)
  const before = tokens.map((_, i) => i - 1)
  const queue = new Heap<Candidate>((a, b) => a.rank > b.rank || (a.rank === b.rank && a.at >= b.at))
  let passedOver: Candidate[] = []
  const consider = (at: number) => {
    const [left, right] = [tokens[at], tokens[next[at] ?? -1]]
    const merge = left && right && merges.get(pairKey(left[0], right[0]))
    if (merge) queue.push({ ...merge, at })
  }
  tokens.forEach((_, at) => {
    consider(at)
  })
  for (let best = queue.pop(); best; best = queue.pop()) {
    if (drop?.()) {
      passedOver.push(best)
      continue
    }
    for (const earlier of passedOver) queue.push(earlier)
    passedOver = []
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
