/**
 * A vocabulary's spellings as people read them. Byte-level vocabularies (GPT-2, Llama 3) write bytes as letters ("ĠcafÃ©"), SentencePiece
 * ones a space as "▁" and a byte as "<0x0A>": the text that these stand for is shown, with ␣ for a space at its start, and where a token
 * is no whole UTF-8 (a part of a character), its bytes as hex.
 */

import { BYTE_LETTERS } from './tokenization/byte_letters.ts'

const BYTES: ReadonlyMap<string, number> = new Map(BYTE_LETTERS.map((letter, byte) => [letter, byte]))
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const BYTE_TOKEN = /^<0x([0-9A-F]{2})>$/

/** How a vocabulary spells bytes and spaces. */
export type Spelling = 'bytes' | 'metaspace'

/** Told by the space before a word, which every such vocabulary has; undefined: it spells its tokens as they are. */
export function spellingOf(labels: readonly string[]): Spelling | undefined {
  const starting = (space: string) => labels.reduce((count, label) => count + (label.startsWith(space) ? 1 : 0), 0)
  const [bytes, metaspace] = [starting('Ġ'), starting('▁')]
  if (bytes === 0 && metaspace === 0) return undefined
  return bytes >= metaspace ? 'bytes' : 'metaspace'
}

/** The bytes that a token stands for. */
export function bytesOf(label: string, spelling: Spelling | undefined): Uint8Array {
  const byte = spelling === 'metaspace' && BYTE_TOKEN.exec(label)?.[1]
  if (byte) return Uint8Array.of(Number.parseInt(byte, 16))
  if (spelling === 'metaspace') return new TextEncoder().encode(label.replaceAll('▁', ' '))
  const letters = Array.from(label, (letter) => BYTES.get(letter))
  const isBytes = spelling === 'bytes' && letters.every((one) => one !== undefined)
  return isBytes ? Uint8Array.from(letters) : new TextEncoder().encode(label)
}

/** The text of whole tokens in a row; what is no UTF-8 is "�", as everywhere. */
export function textOf(labels: readonly string[], spelling: Spelling | undefined): string {
  const bytes = labels.flatMap((label) => [...bytesOf(label, spelling)])
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes))
}

/** @param specials ids that are no text @returns undefined where the vocabulary's own spelling is readable */
export function readableLabels(labels: readonly string[], specials: ReadonlySet<number>): string[] | undefined {
  const spelling = spellingOf(labels)
  return spelling && labels.map((label, id) => (specials.has(id) ? label : readable(label, spelling)))
}

function readable(label: string, spelling: Spelling): string {
  const bytes = bytesOf(label, spelling)
  try {
    return visible(utf8.decode(bytes))
  } catch {
    return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')
  }
}

/** A leading space and what no font draws, as signs. */
function visible(text: string): string {
  return text
    .replace(/^ /, '␣')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(/(?! )[\p{C}\p{Z}]/gu, (letter) => `\\u${(letter.codePointAt(0) as number).toString(16).padStart(4, '0')}`)
}
