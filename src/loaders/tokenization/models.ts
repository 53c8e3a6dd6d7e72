/** The models of tokenizer.json: one word → the tokens it is made of, as Hugging Face's `tokenizers` finds them (src/models). */

import type { ModelConfig } from '../tokenizer_file.ts'
import { bpe } from './bpe.ts'
import type { Token, TokenModel } from './token.ts'
import { unigram } from './unigram.ts'
import { wordPiece } from './word_piece.ts'

/**
 * @param reserved ids that typed text never gets
 * @param unkId the id of what is unknown; without one it is left out
 * @param drop of BPE: whether a merge is passed over
 * @throws ClsroomError `tokenizer` for merges of tokens that are not in the vocabulary
 */
export function modelOf(
  config: ModelConfig,
  reserved: ReadonlySet<number>,
  unkId: number | undefined,
  drop?: () => boolean,
): TokenModel {
  if (config.type === 'Unigram') return unigram(config, reserved, unkId)
  const vocabulary = new Map(Object.entries(config.vocab).filter(([, id]) => !reserved.has(id)))
  switch (config.type) {
    case 'WordPiece':
      return wordPiece(config, vocabulary, unkId)
    case 'BPE':
      return bpe(config, vocabulary, unkId, drop)
    case 'WordLevel':
      return (word) => tokens(vocabulary.get(word) ?? unkId, 0, word.length)
  }
}

function tokens(id: number | undefined, from: number, to: number): Token[] {
  return id === undefined ? [] : [[id, from, to]]
}
