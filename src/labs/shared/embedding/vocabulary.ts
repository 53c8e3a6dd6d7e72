/** A tokenizer's vocabulary as editors of embeddings look things up in it. */

import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'

export interface Vocabulary {
  labelOf: (id: number) => string
  idOf: (label: string) => number | undefined
  /** Its special tokens. */
  suggestions: { id: number; label: string }[]
}

export function vocabularyOf({ labels, specials }: TokenizerInfo): Vocabulary {
  const ids = new Map(labels.map((label, id) => [label, id]))
  return {
    labelOf: (id) => labels[id] ?? `#${id}`,
    idOf: (label) => ids.get(label),
    suggestions: Object.values(specials),
  }
}
