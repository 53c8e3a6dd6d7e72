/** What the texts of the boxes are split into. */

import type { Piece } from '../../../../core/tokens.ts'
import type { Engine } from '../../../../state/engine.ts'
import type { MemoryModel } from './doc.ts'

/** The pieces of each text, in which [MASK] is the token of that name. */
export async function piecesOf(
  engine: Pick<Engine, 'pieces'>,
  { id, tokenizer }: MemoryModel,
  texts: readonly string[],
): Promise<Piece[][]> {
  const { mask } = tokenizer.specials
  if (!mask) return engine.pieces(id, [...texts])
  const parts = texts.map((text) => text.split(mask.label))
  const read = await engine.pieces(id, parts.flat())
  let next = 0
  return parts.map((list) => {
    let at = 0
    return list.flatMap((part, n) => {
      const shifted = (read[next++] ?? []).map((piece) => ({ ...piece, start: piece.start + at, end: piece.end + at }))
      const start = at + part.length
      at = start + mask.label.length
      const asked = { id: mask.id, label: mask.label, text: mask.label, start, end: at }
      return n < list.length - 1 ? [...shifted, asked] : shifted
    })
  })
}
