/** Patterns of tokenizer.json: Oniguruma's syntax in JavaScript's, where they cannot hang. */

import { SplitPreTokenizer } from '@huggingface/tokenizers'
import { ClsroomError } from '../../core/errors.ts'

/** A part of a text, in UTF-16 units, and whether the pattern matches it. */
export type Match = [from: number, to: number, isMatch: boolean]

export function literal(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'), 'gu')
}

/**
 * The tokenizer library's translation of Oniguruma's syntax.
 * @param source a pattern in which `slowPart` found nothing
 * @throws ClsroomError `tokenizer` for one that does not compile
 */
export function rustRegex(source: string): RegExp {
  try {
    const { pattern } = new SplitPreTokenizer({
      type: 'Split',
      pattern: { Regex: source },
      behavior: 'Isolated',
      invert: false,
    })
    if (pattern instanceof RegExp) return pattern
    throw new Error('no pattern')
  } catch (cause) {
    throw new ClsroomError('tokenizer', 'A pattern of tokenizer.json does not compile', {
      found: `${shortened(source)} (${cause instanceof Error ? cause.message.slice(0, 120) : String(cause)})`,
      advice: 'Export the tokenizer again with the transformers library',
      cause,
    })
  }
}

function shortened(source: string): string {
  return source.length > 60 ? `${source.slice(0, 60)}…` : source
}

/** All of `text`, in parts that match and parts that do not (tokenizers, pattern.rs). */
export function findMatches(pattern: RegExp, text: string): Match[] {
  const parts: Match[] = []
  let cursor = 0
  for (const { 0: found, index } of text.matchAll(pattern)) {
    // Oniguruma finds no empty match where the last one ended.
    if (found === '' && index === cursor && parts.length > 0) continue
    if (index > cursor) parts.push([cursor, index, false])
    cursor = index + found.length
    parts.push([index, cursor, true])
  }
  if (cursor < text.length) parts.push([cursor, text.length, false])
  return parts
}
