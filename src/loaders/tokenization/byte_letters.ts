/** Bytes as the printable letters that byte-level vocabularies write them with. */

const utf8 = new TextEncoder()

/** A code point's UTF-8 bytes, a letter each. */
export function byteLetters(codePoint: string): string {
  return Array.from(utf8.encode(codePoint), (byte) => BYTE_LETTERS[byte]).join('')
}

/** A code point's UTF-8 bytes as tokens of their own: <0x0A>. */
export function byteTokens(codePoint: string): string[] {
  return Array.from(utf8.encode(codePoint), (byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`)
}

/** GPT-2's bytes_to_unicode: printable Latin-1 stands for itself, the other 68 bytes for U+0100 and up. */
export const BYTE_LETTERS: readonly string[] = (() => {
  let next = 256
  return Array.from({ length: 256 }, (_, byte) => {
    const isPrintable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad)
    return String.fromCharCode(isPrintable ? byte : next++)
  })
})()
