/** A language of five letters, for the tests of this folder: every letter is a piece. */

import type { Piece } from '../../../../core/tokens.ts'
import type { TextModel } from '../doc.ts'

const LABELS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'a', 'b', 'c', 'd', 'e']
const special = (id: number) => ({ id, label: LABELS[id] as string })

export const letterModel = (maxTokens: number): TextModel & { layers: number; heads: number } => ({
  id: 'm',
  maxTokens,
  layers: 2,
  heads: 2,
  tokenizer: {
    specials: { pad: special(0), unk: special(1), cls: special(2), sep: special(3), mask: special(4) },
    labels: LABELS,
  },
})

/** One piece a letter; what is not in the vocabulary is [UNK]. */
export function pieces(text: string): Piece[] {
  return [...text].map((letter, i) => {
    const id = Math.max(1, LABELS.indexOf(letter))
    return { id, label: LABELS[id] as string, text: letter, start: i, end: i + 1 }
  })
}
