/** What a file is, by its first bytes: names and extensions lie. */

/** Bytes (as Latin-1 text) by their place in the file. */
const SIGNATURES: readonly [bytes: Readonly<Record<number, string>>, name: string][] = [
  [{ 0: '\x89PNG\r\n\x1a\n' }, 'png'],
  [{ 0: '\xff\xd8\xff' }, 'jpeg'],
  [{ 0: 'GIF87a' }, 'gif'],
  [{ 0: 'GIF89a' }, 'gif'],
  [{ 0: 'RIFF', 8: 'WEBP' }, 'webp'],
  [{ 0: 'BM', 6: '\0\0\0\0' }, 'bmp'],
  [{ 0: '\xff\x0a' }, 'JPEG XL (not decoded by most browsers)'],
  [{ 4: 'JXL ' }, 'JPEG XL (not decoded by most browsers)'],
  [{ 4: 'jP  ' }, 'JPEG 2000 (not decoded by most browsers)'],
  [{ 0: 'II*\0' }, 'TIFF or camera raw (not decoded by browsers)'],
  [{ 0: 'MM\0*' }, 'TIFF or camera raw (not decoded by browsers)'],
  [{ 0: '\0\0\x01\0' }, 'a Windows icon'],
  [{ 0: '8BPS' }, 'a Photoshop document'],
  [{ 0: '%PDF' }, 'PDF'],
  [{ 0: 'PK\x03\x04' }, 'ZIP (or an office document)'],
  [{ 0: '\x1f\x8b' }, 'gzip'],
  [{ 0: 'Rar!' }, 'an archive'],
  [{ 0: '7z\xbc\xaf' }, 'an archive'],
  [{ 0: 'RIFF' }, 'audio or video'],
  [{ 0: 'OggS' }, 'audio or video'],
  [{ 0: '\x1aE\xdf\xa3' }, 'audio or video'],
  [{ 0: 'ID3' }, 'audio'],
  [{ 0: 'fLaC' }, 'audio'],
  [{ 8: '{"' }, 'safetensors weights'],
]

/** Enough for an XML prologue with a comment before <svg>. */
const TEXT_BYTES = 4096

/** A picture format that CLSroom reads (png, jpeg, gif, webp, bmp, avif), or words that say what it is instead. */
export function whatItLooksLike(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file'
  const start = String.fromCharCode(...bytes.subarray(0, 64))
  const fits = (signature: Readonly<Record<number, string>>) =>
    Object.entries(signature).every(([at, text]) => start.startsWith(text, Number(at)))
  const known = SIGNATURES.find(([signature]) => fits(signature))?.[1]
  return known ?? kindOfMedia(start) ?? kindOfText(bytes) ?? 'an unknown kind of file'
}

/** Files of the ISO base format say in their first box, after its length, which brands of reader they are for. */
function kindOfMedia(start: string): string | undefined {
  if (!start.startsWith('ftyp', 4)) return undefined
  const brands = start.slice(8, start.charCodeAt(3)).match(/.{4}/gs) ?? []
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'avif'
  return brands.some((brand) => /^he[iv]|^m[is]f1/.test(brand)) ? 'HEIC (not decoded by browsers)' : 'a video (MP4)'
}

function kindOfText(bytes: Uint8Array): string | undefined {
  const text = decodeText(bytes.subarray(0, TEXT_BYTES))
  if (text === undefined) return undefined
  if (/<svg[\s>]/i.test(text)) return 'SVG (a drawing, which may load other files)'
  if (/^\s*<(?:!doctype\s+html|html)/i.test(text)) return 'a web page'
  if (/^\s*</.test(text)) return 'XML'
  return 'text'
}

/** The text, or undefined where the bytes hold none: not UTF-8 or UTF-16, or with control characters. */
function decodeText(bytes: Uint8Array): string | undefined {
  const mark = `${bytes[0]},${bytes[1]}`
  const encoding = mark === '255,254' ? 'utf-16le' : mark === '254,255' ? 'utf-16be' : 'utf-8'
  try {
    // As a stream, because the last character may be cut in the middle.
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
    return /[^\P{Cc}\s]/u.test(text) ? undefined : text
  } catch {
    return undefined
  }
}
