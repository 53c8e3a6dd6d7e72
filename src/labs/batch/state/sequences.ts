/** Lines as a model trains on them: with its special tokens, cut to what a row holds, and with what is to be predicted. */

import type { Kind, Piece } from '../../../core/tokens.ts'
import type { LoadedModel } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'

/** What has to be known of a model to make sequences of its tokens. */
export interface BatchModel {
  id: string
  causal: boolean
  maxTokens: number
  /** The position of a sequence's first token: 0, or the one after RoBERTa's padding index. */
  firstPosition: number
  pad: Token
  /** In front of every line, and behind it. */
  opening: Token[]
  closing: Token[]
  /** What stands for a token that is to be predicted; a causal decoder predicts what follows, and needs none. */
  mask?: Token
}

export interface Token {
  id: number
  label: string
  kind: Kind
}

export interface Target {
  /** The row of the sequence whose logits are read. */
  row: number
  id: number
}

export interface TokenSequence {
  /** Of the line it came from. */
  line: number
  tokens: Token[]
  /** A few of them: the last is the last there is. */
  targets: Target[]
  /** How many of its pieces did not fit. */
  cut: number
}

/** Logits over a large vocabulary are read back for so many rows of a sequence. */
export const MOST_TARGETS = 4

export function batchModelOf({ id, info }: Pick<LoadedModel, 'id' | 'info'>, tokenizer: TokenizerInfo): BatchModel {
  const { specials, labels, opening = [] } = tokenizer
  const special = (kind: keyof typeof specials): Token[] => {
    const found = specials[kind]
    return found ? [{ ...found, kind }] : []
  }
  const causal = info.causal === true
  // A vocabulary without PAD is padded with its end, as people do.
  const [pad = { id: 0, label: labels[0] ?? '0', kind: 'pad' as const }] = [
    ...special('pad'),
    ...special('eos'),
    ...special('sep'),
  ]
  const kindOf = (one: number): Kind =>
    (Object.entries(specials).find(([, entry]) => entry.id === one)?.[0] as Kind | undefined) ?? 'word'
  return {
    id,
    causal,
    maxTokens: info.maxTokens - (info.paddingIndex === undefined ? 0 : info.paddingIndex + 1),
    firstPosition: info.paddingIndex === undefined ? 0 : info.paddingIndex + 1,
    pad: { ...pad, kind: 'pad' },
    opening: causal
      ? opening.map((one) => ({ id: one, label: labels[one] ?? `#${one}`, kind: kindOf(one) }))
      : [...special('cls'), ...(specials.cls ? [] : special('bos'))],
    closing: causal ? special('eos') : specials.sep ? special('sep') : special('eos'),
    mask: causal ? undefined : special('mask')[0],
  }
}

/**
 * @param capacity tokens of the longest sequence, its special ones among them
 * @param closed whether it ends with its separator
 */
export function sequenceOf(
  model: BatchModel,
  pieces: readonly Piece[],
  line: number,
  { capacity, closed }: { capacity: number; closed: boolean },
): TokenSequence {
  const closing = closed ? model.closing : []
  const room = Math.max(1, capacity - model.opening.length - closing.length)
  const words = pieces.slice(0, room).map(({ id, label }): Token => ({ id, label, kind: 'word' }))
  const tokens = [...model.opening, ...words, ...closing]
  const whole = tokens.length > 0 ? tokens : [model.pad]
  const targets = model.causal ? following(whole) : hidden(model, whole, words.length)
  return {
    line,
    tokens: model.mask ? covered(whole, targets, model.mask) : whole,
    targets,
    cut: pieces.length - words.length,
  }
}

/** Of a causal decoder: each row predicts the next token; a few of them, the last one always. */
function following(tokens: readonly Token[]): Target[] {
  return spread(tokens.length - 1).map((row) => ({ row, id: (tokens[row + 1] as Token).id }))
}

/** Of an encoder: words that it does not see (Devlin et al. 2019, §3.1; here evenly spread, and always under [MASK]). */
function hidden({ opening, mask }: BatchModel, tokens: readonly Token[], words: number): Target[] {
  if (!mask) return []
  // Half of a short line stays in view.
  const few = Math.min(MOST_TARGETS, Math.max(1, Math.floor(words / 6)))
  return spread(words, few).map((word) => {
    const row = opening.length + word
    return { row, id: (tokens[row] as Token).id }
  })
}

/** At most `count` places of 0 … n − 1 as far from one another as they can be, the last among them. */
function spread(n: number, count = MOST_TARGETS): number[] {
  const few = Math.min(n, count)
  return Array.from({ length: few }, (_, i) => Math.ceil(((i + 1) * n) / few) - 1)
}

function covered(tokens: readonly Token[], targets: readonly Target[], mask: Token): Token[] {
  const under = new Set(targets.map(({ row }) => row))
  return tokens.map((token, row) => (under.has(row) ? mask : token))
}
