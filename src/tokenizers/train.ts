/** Text to a trained tokenizer: words by the recipe, the trainer of its kind, and the tokenizer.json that it makes. */

import { ClsroomError } from '../core/errors.ts'
import { aligned } from '../loaders/aligned_text.ts'
import { normalizerOf } from '../loaders/tokenization/normalizers.ts'
import { preTokenizerOf } from '../loaders/tokenization/pre_tokenizers.ts'
import {
  alphabetOf,
  decoderOf,
  type Kind,
  normaliserOf,
  PREFIX,
  preTokeniserOf,
  type Recipe,
  specialsOf,
  UNK,
  usesBytes,
} from './recipe.ts'
import { type MergeStep, trainPairs } from './trainers/pairs.ts'
import type { Trainer, WordCounts } from './trainers/types.ts'
import { fewestPieces, trainUnigram, type UnigramStep } from './trainers/unigram.ts'
import { trainWordLevel, type WordStep } from './trainers/word_level.ts'

export type TrainingStep = WordStep | MergeStep | UnigramStep

/** tokenizer.json, as far as this project writes it. */
export interface TokenizerJson {
  version: '1.0'
  truncation: null
  padding: null
  added_tokens: object[]
  normalizer: object | null
  pre_tokenizer: object
  post_processor: null
  decoder: object | null
  model: object
}

/** The words of a text, line by line, as a recipe parts them. */
export function countWords(lines: Iterable<string>, recipe: Recipe): Map<string, number> {
  const normaliser = normaliserOf(recipe)
  const normalise = normaliser ? normalizerOf(normaliser) : undefined
  const split = preTokenizerOf(preTokeniserOf(recipe))
  const counts = new Map<string, number>()
  for (const line of lines) {
    const source = aligned(line.toWellFormed())
    for (const { text } of split(normalise ? normalise(source) : source)) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return counts
}

/**
 * @throws ClsroomError `input` where there is nothing to train on, or no room for what has to be in the vocabulary
 */
export function* train(kind: Kind, recipe: Recipe, counts: WordCounts): Trainer<TrainingStep, TokenizerJson> {
  if (counts.size === 0) {
    throw new ClsroomError('input', 'There is no word to train on', {
      found: 'a text without words',
      expected: 'at least one word',
      advice: 'Paste a text, or choose a sample',
    })
  }
  const specials = specialsOf(kind, recipe)
  const options = { specials, alphabet: alphabetOf(recipe), vocabularySize: recipe.vocabularySize }
  switch (kind) {
    case 'WordLevel': {
      const { vocabulary } = yield* trainWordLevel(counts, { ...options, minFrequency: recipe.minFrequency })
      return fileOf(kind, recipe, { type: 'WordLevel', vocab: ids(vocabulary), unk_token: UNK })
    }
    case 'WordPiece': {
      const { vocabulary } = yield* trainPairs(counts, { ...options, prefix: PREFIX, by: recipe.pairRule })
      return fileOf(kind, recipe, {
        type: 'WordPiece',
        unk_token: UNK,
        continuing_subword_prefix: PREFIX,
        max_input_chars_per_word: 100,
        vocab: ids(vocabulary),
      })
    }
    case 'BPE': {
      const { vocabulary, merges } = yield* trainPairs(counts, options)
      return fileOf(kind, recipe, {
        type: 'BPE',
        dropout: null,
        unk_token: UNK,
        continuing_subword_prefix: null,
        end_of_word_suffix: null,
        fuse_unk: false,
        byte_fallback: usesBytes(kind, recipe.byteFallback),
        ignore_merges: false,
        vocab: ids(vocabulary),
        merges,
      })
    }
    case 'Unigram': {
      const fewest = fewestPieces(counts, specials)
      if (fewest > recipe.vocabularySize) throw tooSmall(recipe.vocabularySize, fewest)
      const { pieces } = yield* trainUnigram(counts, options)
      return fileOf(kind, recipe, {
        type: 'Unigram',
        unk_id: 0,
        vocab: pieces,
        byte_fallback: usesBytes(kind, recipe.byteFallback),
      })
    }
  }
}

function ids(vocabulary: readonly string[]): Record<string, number> {
  return Object.fromEntries(vocabulary.map((token, id) => [token, id]))
}

function fileOf(kind: Kind, recipe: Recipe, model: object): TokenizerJson {
  const unk = {
    id: 0,
    content: UNK,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [unk],
    normalizer: normaliserOf(recipe),
    pre_tokenizer: preTokeniserOf(recipe),
    post_processor: null,
    decoder: decoderOf(kind, recipe),
    model,
  }
}

function tooSmall(found: number, expected: number): ClsroomError {
  return new ClsroomError('input', 'The vocabulary is too small for Unigram, which keeps every letter of the text', {
    found: `${found} tokens`,
    expected: `at least ${expected}`,
    advice: 'Choose a larger vocabulary, bytes as words, or a text of fewer different letters',
  })
}
