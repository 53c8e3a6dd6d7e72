/**
 * SentencePiece's precompiled table of replacements, as `tokenizers` reads it (crate spm_precompiled): the size of a
 * double-array trie in bytes (u32, little-endian), the trie, then its replacements, each ended by a zero byte.
 */

import { ClsroomError } from '../../core/errors.ts'

/** Longer graphemes are looked up letter by letter. */
const MAX_GRAPHEME_BYTES = 6

/**
 * @param base64 `precompiled_charsmap`
 * @throws ClsroomError `tokenizer` for a table that is cut short or no base64
 */
export function precompiled(base64: string): (text: string) => string {
  const { trie, replacements } = readTable(base64)
  const utf8 = new TextEncoder()
  const words = new TextDecoder()
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

  const replacementOf = (bytes: Uint8Array): string | undefined => {
    const at = shortestPrefix(trie, bytes)
    if (at === undefined || at > replacements.length) return undefined
    const end = replacements.indexOf(0, at)
    return words.decode(replacements.subarray(at, end < 0 ? undefined : end))
  }
  const byLetters = (text: string) => Array.from(text, (char) => replacementOf(utf8.encode(char)) ?? char).join('')
  return (text) => {
    if (text.length < 2) return byLetters(text)
    let result = ''
    for (const { segment } of graphemes.segment(text)) {
      const bytes = utf8.encode(segment)
      const whole = bytes.length < MAX_GRAPHEME_BYTES ? replacementOf(bytes) : undefined
      result += whole ?? byLetters(segment)
    }
    return result
  }
}

function readTable(base64: string): { trie: Uint32Array; replacements: Uint8Array } {
  let bytes: Uint8Array<ArrayBuffer>
  try {
    bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  } catch (cause) {
    throw damaged(cause instanceof Error ? cause.message : String(cause), 'base64', cause)
  }
  const size = bytes.length < 4 ? undefined : new DataView(bytes.buffer).getUint32(0, true)
  if (size === undefined || size % 4 !== 0 || 4 + size > bytes.length) {
    throw damaged(`${bytes.length} bytes with a trie of ${size ?? 'no'} bytes`, 'a whole trie and its replacements')
  }
  const trie = new Uint32Array(bytes.slice(4, 4 + size).buffer)
  return { trie, replacements: bytes.subarray(4 + size) }
}

function damaged(found: string, expected: string, cause?: unknown): ClsroomError {
  return new ClsroomError('tokenizer', 'The precompiled_charsmap of tokenizer.json is damaged', {
    found,
    expected,
    advice: 'Export the tokenizer again with the transformers library',
    cause,
  })
}

/** The value of the shortest entry that `bytes` begin with (darts-clone's units: label, offset, leaf, value). */
function shortestPrefix(trie: Uint32Array, bytes: Uint8Array): number | undefined {
  const offset = (unit: number) => (unit >>> 10) << ((unit & (1 << 9)) >>> 6)
  let node = offset(trie[0] ?? 0)
  for (const byte of bytes) {
    if (byte === 0) return undefined
    node ^= byte
    const unit = trie[node]
    if (unit === undefined || (unit & 0x800000ff) >>> 0 !== byte) return undefined
    node ^= offset(unit)
    if ((unit >>> 8) & 1) return (trie[node] ?? 0) & 0x7fffffff
  }
  return undefined
}
