/** Unigram (Kudo 2018, "Subword Regularization"): the most likely way to cut a word (`encode_optimized` of `tokenizers`). */

import type { ModelConfig } from '../tokenizer_file.ts'
import { byteTokens } from './byte_letters.ts'
import type { Token, TokenModel } from './token.ts'

type Config = Extract<ModelConfig, { type: 'Unigram' }>

/** How much less likely an unknown letter is than the least likely token. */
const UNKNOWN_PENALTY = 10

/** The best way found to reach a place. */
interface Step {
  from: number
  /** Undefined for an unknown letter. */
  id: number | undefined
  score: number
}

export function unigram(config: Config, reserved: ReadonlySet<number>, unkId: number | undefined): TokenModel {
  const tokensAt = prefixSearch(config, reserved)
  const unknownScore = config.vocab.reduce((least, [, score]) => Math.min(least, score), Infinity) - UNKNOWN_PENALTY
  const ids = new Map(config.vocab.map(([token], id) => [token, id]))
  /** The unknown token's own text is a token, and others are bytes where the vocabulary has them. */
  const unknown = (text: string): number[] => {
    const own = ids.get(text)
    if (own !== undefined && !reserved.has(own)) return [own]
    const bytes = config.byte_fallback ? byteTokens(text).map((token) => ids.get(token)) : [undefined]
    return bytes.every((id) => id !== undefined) ? bytes : unkId === undefined ? [] : [unkId]
  }
  return (word) => {
    const steps = joinUnknown(bestSteps(word, tokensAt, unknownScore, unkId))
    return steps.flatMap(([id, from, to]): Token[] =>
      id === undefined ? unknown(word.slice(from, to)).map((part): Token => [part, from, to]) : [[id, from, to]],
    )
  }
}

/** Viterbi over the places between letters. */
function bestSteps(
  word: string,
  tokensAt: ReturnType<typeof prefixSearch>,
  unknownScore: number,
  unkId: number | undefined,
): [id: number | undefined, from: number, to: number][] {
  const best = new Array<Step | undefined>(word.length + 1)
  const reach = (to: number, step: Step) => {
    const known = best[to]
    if (!known || step.score > known.score) best[to] = step
  }
  for (let from = 0; from < word.length; ) {
    const score = best[from]?.score ?? 0
    const letter = (word.codePointAt(from) as number) > 0xffff ? 2 : 1
    let hasLetter = false
    for (const { id, length, score: own } of tokensAt(word, from)) {
      reach(from + length, { from, id: id === unkId ? undefined : id, score: own + score })
      hasLetter ||= length === letter
    }
    if (!hasLetter) reach(from + letter, { from, id: undefined, score: unknownScore + score })
    from += letter
  }
  const steps: [id: number | undefined, from: number, to: number][] = []
  for (let to = word.length; to > 0; ) {
    const { from, id } = best[to] as Step
    steps.push([id, from, to])
    to = from
  }
  return steps.reverse()
}

function joinUnknown(steps: [id: number | undefined, from: number, to: number][]) {
  const joined: typeof steps = []
  for (const [id, from, to] of steps) {
    const last = joined.at(-1)
    if (id === undefined && last && last[0] === undefined) last[2] = to
    else joined.push([id, from, to])
  }
  return joined
}

/** The tokens that a text goes on with at a place, shortest first: halving the sorted vocabulary letter by letter. */
function prefixSearch({ vocab }: Config, reserved: ReadonlySet<number>) {
  const sorted = [...new Map(vocab.map(([token, score], id) => [token, { token, score, id }])).values()]
    .filter(({ token, id }) => token && !reserved.has(id))
    .sort((a, b) => (a.token < b.token ? -1 : 1))
  /** The first entry of [low, high) whose unit `at` is `unit` or later. */
  const firstFrom = (low: number, high: number, at: number, unit: number) => {
    let [from, to] = [low, high]
    while (from < to) {
      const middle = (from + to) >> 1
      const { token } = sorted[middle] as (typeof sorted)[number]
      if (token.length > at && token.charCodeAt(at) >= unit) to = middle
      else from = middle + 1
    }
    return from
  }
  return function* (word: string, from: number): Generator<{ id: number; length: number; score: number }> {
    let [low, high] = [0, sorted.length]
    for (let length = 1; from + length <= word.length; length++) {
      const unit = word.charCodeAt(from + length - 1)
      low = firstFrom(low, high, length - 1, unit)
      high = firstFrom(low, high, length - 1, unit + 1)
      const first = sorted[low]
      if (low >= high || !first) return
      if (first.token.length === length) yield { id: first.id, length, score: first.score }
    }
  }
}
