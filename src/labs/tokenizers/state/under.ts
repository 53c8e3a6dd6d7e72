/** What a text model expects in the place of words that a tokenizer does not know. */

import { rankOf, softmax, topK } from '../../../core/logits.ts'
import type { Piece } from '../../../core/tokens.ts'
import type { ForwardResult, LoadedModel } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import type { Engine } from '../../../state/engine.ts'

/** A part of a text, in UTF-16 units. */
export interface Span {
  start: number
  end: number
}

export interface Prediction extends Span {
  best: { label: string; probability: number }[]
  /** Where the hidden word is one token of the model: how likely it was. */
  original: { rank: number; probability: number } | null
}

export interface Under {
  result: ForwardResult
  predictions: Prediction[]
  /** Tokens of the text that the model did not read, for its length. */
  left: number
}

export interface Reader {
  engine: Pick<Engine, 'forward' | 'pieces'>
  model: LoadedModel
  tokenizer: TokenizerInfo
}

const BEST = 5

/** One forward with a [MASK] in the place of every span. */
export async function predictUnder(reader: Reader, text: string, spans: readonly Span[]): Promise<Under> {
  const { engine, model, tokenizer } = reader
  const [pieces = []] = await engine.pieces(model.id, [text])
  const { rows, left } = masked(pieces, spans, tokenizer.specials.mask?.id, model.info.maxTokens - 2)
  const opening = tokenizer.specials.cls ? [tokenizer.specials.cls.id] : []
  const closing = tokenizer.specials.sep ? [tokenizer.specials.sep.id] : []
  const mlmRows = rows.flatMap(({ of }, row) => (of ? [row + opening.length] : []))
  const result = await engine.forward({
    model: model.id,
    input: { kind: 'text', ids: [...opening, ...rows.map(({ id }) => id), ...closing], mlmRows },
    capture: { attentions: false, hiddenStates: false },
  })
  const of = rows.flatMap((row) => row.of ?? [])
  return { result, left, predictions: predictionsOf(result, of, tokenizer) }
}

/** A place that is hidden, and the tokens that stood there. */
interface Hidden {
  span: Span
  ids: number[]
}
interface Row {
  id: number
  /** Where this is a mask. */
  of?: Hidden
}

/** The tokens with one mask for each span, at most `most`, the first mask among them. */
function masked(pieces: readonly Piece[], spans: readonly Span[], mask: number | undefined, most: number) {
  const rows: Row[] = []
  for (const { id, start, end } of pieces) {
    const span = mask === undefined ? undefined : spans.find((one) => start < one.end && end > one.start)
    const last = rows.at(-1)?.of
    if (!span || mask === undefined) rows.push({ id })
    else if (last?.span === span) last.ids.push(id)
    else rows.push({ id: mask, of: { span, ids: [id] } })
  }
  const first = Math.max(
    0,
    rows.findIndex(({ of }) => of),
  )
  const from = Math.max(0, Math.min(first - Math.floor(most / 2), rows.length - most))
  return { rows: rows.slice(from, from + most), left: Math.max(0, rows.length - most) }
}

function predictionsOf({ logits }: ForwardResult, hidden: readonly Hidden[], { labels }: TokenizerInfo): Prediction[] {
  const { mlm } = logits
  if (!mlm) return []
  const V = mlm.dims.at(-1) as number
  return hidden.map(({ span, ids }, m) => {
    const probabilities = softmax(mlm.data, m * V, V)
    const [id] = ids
    return {
      ...span,
      best: topK(probabilities, BEST).map(({ index, value }) => ({ label: labels[index] ?? '', probability: value })),
      original:
        ids.length === 1 && id !== undefined
          ? { rank: rankOf(probabilities, id), probability: probabilities[id] as number }
          : null,
    }
  })
}
