/** The protocol between a page and the worker that reads text and pictures. */

import type { ErrorReport } from '../core/errors.ts'
import type { Piece } from '../core/tokens.ts'
import type { Picture } from '../loaders/image_resize.ts'
import type { TextSpecialKind } from '../loaders/tokenizer.ts'

export type { Picture, TextSpecialKind }

export interface TokenizerInfo {
  specials: Partial<Record<TextSpecialKind, { id: number; label: string }>>
  /** The vocabulary's spelling of every id. */
  labels: string[]
  /** As people read them, where that is another spelling: bytes of a broken character as hex (readable_labels.ts). */
  readable?: string[]
  /** Two separators stand between segments, as in RoBERTa. */
  doublesSeparators?: boolean
  /** What its post_processor puts around an empty text. */
  opening?: number[]
}

export interface ReaderCalls {
  tokenizer: { args: { model: string; json: string; config?: string }; result: TokenizerInfo }
  pieces: { args: { model: string; texts: string[] }; result: Piece[][] }
  picture: { args: { bytes: ArrayBuffer }; result: Picture }
}

export type ReaderCallName = keyof ReaderCalls

export type ReaderRequest = {
  [Name in ReaderCallName]: { id: number; call: Name; args: ReaderCalls[Name]['args'] }
}[ReaderCallName]

export type ReaderReply =
  | { id: number; result: ReaderCalls[ReaderCallName]['result'] }
  | { id: number; error: ErrorReport }
