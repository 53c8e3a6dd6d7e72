/** The vocabulary of the grammar that every layer shares: what a token is. The pure functions on it live in `sequence/`. */

/** Special kinds first, content kinds last. */
export const SPECIAL_KINDS = [
  'cls',
  'sep',
  'pad',
  'unk',
  'mask',
  'bos',
  'eos',
  'eosent',
  'distill',
  'register',
  'memory',
  'det',
  'image',
  'audio',
  'frame',
  'align',
  'switch',
] as const
export const CONTENT_KINDS = ['word', 'patch', 'asset'] as const
export const KINDS = [...SPECIAL_KINDS, ...CONTENT_KINDS] as const

export type SpecialKind = (typeof SPECIAL_KINDS)[number]
export type ContentKind = (typeof CONTENT_KINDS)[number]
export type Kind = SpecialKind | ContentKind

/** The start vector of a token whose embedding the model never trained. */
export type StartVector =
  | { type: 'zeros' }
  | { type: 'normal'; seed: number; std: number } // N(0, std²), with a shown seed
  | { type: 'copy'; of: number; scale: number } // a row of the model's token table (text) or special table (vision)
  | { type: 'mean' } // the mean of the content tokens' embeddings

/** One piece of a tokenised text: what a tokenizer returns and a sequence is built from. */
export interface Piece {
  id: number // row of the vocabulary
  label: string // as the vocabulary writes it: `##ing`
  text: string // what the person wrote there, also where the piece is [UNK]
  start: number // UTF-16 code units into the text: text = input.slice(start, end)
  end: number
}
