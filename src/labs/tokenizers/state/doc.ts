/** What the tokenizers lab holds: the sentence, the columns that read it, and how those of our own are trained. */

import { type Kind, RECIPE, type Recipe } from '../../../tokenizers/recipe.ts'
import { t } from '../words/words.ts'

export const SAMPLES = ['grimm', 'genesis', 'scripts'] as const
export type Sample = (typeof SAMPLES)[number]

/** What is trained on. */
export type Corpus = { type: 'sample'; name: Sample } | { type: 'own'; text: string }

/** Where a column's tokenizer is from. A file is known by its name alone: its content is in no link. */
export type Source =
  | { type: 'trained'; kind: Kind }
  | { type: 'model'; id: string }
  | { type: 'hub'; id: string }
  | { type: 'url'; url: string }
  | { type: 'file'; name: string }

export interface TokenizersDoc {
  /** The text model that predicts what hides under unknown words. */
  model: string
  text: string
  corpus: Corpus
  recipe: Recipe
  columns: readonly Source[]
  /** Special tokens typed in the text are these tokens, and not text. */
  parsesSpecials: boolean
}

export const MOST_COLUMNS = 4
export const MOST_LETTERS = 100_000
/** Of the text that is trained on. */
export const MOST_CORPUS_BYTES = 2 ** 20
/** A longer text of one's own is not in the link. */
export const MOST_LINKED = 20_000

export const OWN_COLUMNS: readonly Source[] = [
  { type: 'trained', kind: 'WordLevel' },
  { type: 'trained', kind: 'WordPiece' },
  { type: 'trained', kind: 'BPE' },
  { type: 'trained', kind: 'Unigram' },
]

export const FIRST_TEXT = 'The witch’s unicorn vanished beyond the enchanted hill.'

export const DOC: Omit<TokenizersDoc, 'model'> = {
  text: FIRST_TEXT,
  corpus: { type: 'sample', name: 'grimm' },
  recipe: RECIPE,
  columns: OWN_COLUMNS,
  parsesSpecials: false,
}

/** What a column is called. */
export function sourceName(source: Source): string {
  switch (source.type) {
    case 'trained':
      return kindName(source.kind)
    case 'model':
    case 'hub':
      return source.id
    case 'url':
      return source.url.replace(/^https?:\/\//, '').replace(/\/?(tokenizer\.json)?$/, '')
    case 'file':
      return source.name
  }
}

/** In the language of the moment; the other kinds are called alike in all. */
export function kindName(kind: Kind): string {
  return kind === 'WordLevel' ? t('kind.word-level') : kind
}
