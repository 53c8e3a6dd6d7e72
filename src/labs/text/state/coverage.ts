/** How well a vocabulary covers a text. */

import { active, type Token } from '../../../sequence/token.ts'
import type { TextDoc } from './doc.ts'

export interface Coverage {
  /** Pieces of the text in the sequence. */
  pieces: number
  /** Stretches between white space that they belong to. */
  words: number
  /** Pieces the vocabulary does not know, also where something replaced them since. */
  unknown: Token[]
}

/** Of what the model reads: a text that is cut counts as far as it is read. */
export function coverageOf(doc: TextDoc): Coverage {
  const tokens = active(doc.sequence).filter((token) => token.origin.type === 'piece')
  const starts = doc.texts.map((text) => Array.from(text.matchAll(/\S+/gu), ({ index }) => index))
  const words = new Set(tokens.map((token) => wordOf(token, doc, starts)))
  return {
    pieces: tokens.length,
    words: words.size,
    unknown: tokens.filter((token) => (token.original ?? token).kind === 'unk'),
  }
}

/** A name of the stretch between white space that a piece lies in. @param starts where those of each text start */
function wordOf({ origin }: Token, { pieces }: TextDoc, starts: readonly (readonly number[])[]): string {
  if (origin.type !== 'piece') return ''
  const at = pieces[origin.segment]?.[origin.piece]?.start ?? 0
  return `${origin.segment} ${starts[origin.segment]?.findLastIndex((start) => start <= at)}`
}
