/** Why a tokenizer does not know a word. */

import type { ModelConfig } from '../loaders/tokenizer_file.ts'

export type Reason =
  | { kind: 'word' } // word level: not in the vocabulary
  | { kind: 'letter'; letter: string } // a letter that no token has
  | { kind: 'long'; letters: number; most: number } // longer than the model tries
  | { kind: 'pieces' } // its letters are known, and not where they stand

/** @param has whether a token is in the vocabulary */
export function reasonOf(model: ModelConfig, word: string, has: (token: string) => boolean): Reason {
  const letters = Array.from(word)
  switch (model.type) {
    case 'WordLevel':
      return { kind: 'word' }
    case 'WordPiece': {
      const { max_input_chars_per_word: most, continuing_subword_prefix: prefix } = model
      if (letters.length > most) return { kind: 'long', letters: letters.length, most }
      const unseen = letters.find((letter) => !has(letter) && !has(prefix + letter))
      return unseen === undefined ? { kind: 'pieces' } : { kind: 'letter', letter: unseen }
    }
    default: {
      const unseen = letters.find((letter) => !has(letter))
      return unseen === undefined ? { kind: 'pieces' } : { kind: 'letter', letter: unseen }
    }
  }
}
