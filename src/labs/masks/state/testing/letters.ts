/** A model without weights over a language of words, for the tests of this folder: every word is a piece. */

import type { Piece } from '../../../../core/tokens.ts'
import type { MasksModel } from '../doc.ts'

const LABELS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'a', 'b', 'c', 'd', 'e']
const special = (id: number) => ({ id, label: LABELS[id] as string })

export function lettersModel(causal = false, maxTokens = 64): MasksModel {
  return {
    id: 'm',
    tokenizer: {
      specials: causal
        ? { bos: special(2), eos: special(3), pad: special(0) }
        : { pad: special(0), unk: special(1), cls: special(2), sep: special(3), mask: special(4) },
      labels: LABELS,
    },
    info: {
      modelType: causal ? 'gpt2' : 'bert',
      modality: 'text',
      layers: 3,
      heads: 2,
      width: 8,
      feedForward: 16,
      vocabulary: LABELS.length,
      segmentTypes: 2,
      maxTokens,
      ...(causal && { causal: true as const }),
      labels: {},
      parameters: 0,
    },
  }
}

/** One piece a letter; what is not in the vocabulary is [UNK]. */
export function letters(text: string): Piece[] {
  return [...text].map((letter, i) => {
    const id = Math.max(1, LABELS.indexOf(letter))
    return { id, label: LABELS[id] as string, text: letter, start: i, end: i + 1 }
  })
}
