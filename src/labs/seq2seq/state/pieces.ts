/**
 * Text to pieces, sentinels included: T5's `<extra_id_0>` are added words that take the spaces around them along, and what
 * stands between two of them is split as a text of its own (tokenizers, added_vocabulary.rs with lstrip and rstrip).
 */

import type { Piece } from '../../../core/tokens.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import type { Engine } from '../../../state/engine.ts'

const SENTINEL = /\s*(<extra_id_\d+>)\s*/gu

export function isSentinel(label: string): boolean {
  return /^<extra_id_\d+>$/.test(label)
}

/** The stretches of a text between sentinels, and the sentinels that this vocabulary has; `from` counts characters of the text. */
export function sections(
  text: string,
  known: (label: string) => boolean,
): { text: string; from: number; sentinel?: string }[] {
  const found: { text: string; from: number; sentinel?: string }[] = []
  let cursor = 0
  for (const { 0: all, 1: label = '', index } of text.matchAll(SENTINEL)) {
    if (!known(label)) continue
    if (index > cursor) found.push({ text: text.slice(cursor, index), from: cursor })
    found.push({ text: label, from: index + all.indexOf(label), sentinel: label })
    cursor = index + all.length
  }
  if (cursor < text.length) found.push({ text: text.slice(cursor), from: cursor })
  return found
}

/** @throws ClsroomError as the tokenizer does */
export async function piecesOf(
  engine: Pick<Engine, 'pieces'>,
  model: string,
  { labels }: Pick<TokenizerInfo, 'labels'>,
  text: string,
): Promise<Piece[]> {
  const ids = new Map(labels.flatMap((label, id) => (isSentinel(label) ? [[label, id] as const] : [])))
  const parts = sections(text, (label) => ids.has(label))
  const plain = parts.filter(({ sentinel }) => sentinel === undefined)
  const pieces = await engine.pieces(
    model,
    plain.map((part) => part.text),
  )
  const ofPart = new Map(plain.map((part, i) => [part, pieces[i] ?? []]))
  return parts.flatMap((part): Piece[] => {
    const { from, sentinel } = part
    if (sentinel === undefined) {
      return (ofPart.get(part) ?? []).map((piece) => ({ ...piece, start: piece.start + from, end: piece.end + from }))
    }
    return [
      { id: ids.get(sentinel) as number, label: sentinel, text: sentinel, start: from, end: from + sentinel.length },
    ]
  })
}
