/** The decoders of tokenizer.json: tokens to text, as Hugging Face's `tokenizers` runs them (src/decoders/*.rs, src/pre_tokenizers/*.rs). */

import { z } from 'zod'
import { parseWith } from '../../core/json.ts'
import { pattern } from '../tokenizer_file.ts'
import { BYTE_LETTERS } from './byte_letters.ts'
import { findMatches, literal, rustRegex } from './patterns.ts'

const decoder = z.discriminatedUnion('type', [
  z.object({ type: z.literal('WordPiece'), prefix: z.string().default('##'), cleanup: z.boolean().default(true) }),
  z.object({ type: z.enum(['ByteLevel', 'ByteFallback', 'Fuse']) }),
  z.object({
    type: z.literal('Metaspace'),
    replacement: z.string().default('▁'),
    prepend_scheme: z.enum(['always', 'never', 'first']).default('always'),
    add_prefix_space: z.boolean().optional(),
  }),
  z.object({ type: z.literal('BPEDecoder'), suffix: z.string().default('</w>') }),
  z.object({ type: z.literal('Strip'), content: z.string(), start: z.int(), stop: z.int() }),
  z.object({ type: z.literal('Replace'), pattern, content: z.string().max(1000) }),
  z.object({
    type: z.literal('CTC'),
    pad_token: z.string().default('<pad>'),
    word_delimiter_token: z.string().default('|'),
    cleanup: z.boolean().default(true),
  }),
  z.object({
    type: z.literal('Sequence'),
    get decoders() {
      return z.array(decoder).max(32)
    },
  }),
])

type DecoderConfig = z.output<typeof decoder>
type Chain = (tokens: string[]) => string[]

/**
 * @param raw `decoder` of tokenizer.json, of any kind; without one tokens stand with spaces between them
 * @throws ClsroomError `tokenizer` for one that is damaged or that CLSroom does not run
 */
export function decoderOf(raw: unknown): (tokens: readonly string[]) => string {
  if (raw === undefined || raw === null) return (tokens) => tokens.join(' ')
  const { decoder: config } = parseWith(z.object({ decoder }), { decoder: raw }, 'tokenizer.json', 'tokenizer')
  const chain = chainOf(config)
  return (tokens) => chain([...tokens]).join('')
}

function chainOf(config: DecoderConfig): Chain {
  switch (config.type) {
    case 'Sequence': {
      const parts = config.decoders.map(chainOf)
      return (tokens) => parts.reduce((list, part) => part(list), tokens)
    }
    case 'WordPiece':
      return wordPiece(config.prefix, config.cleanup)
    case 'ByteLevel':
      return (tokens) => [utf8.decode(Uint8Array.from(tokens.flatMap(bytesOf)))]
    case 'ByteFallback':
      return byteFallback
    case 'Fuse':
      return (tokens) => [tokens.join('')]
    case 'Metaspace': {
      const keepsFirst = config.prepend_scheme === 'never' || config.add_prefix_space === false
      return (tokens) =>
        tokens.map((token, i) => token.replaceAll(config.replacement, i === 0 && !keepsFirst ? '' : ' '))
    }
    case 'BPEDecoder':
      return (tokens) => tokens.map((token, i) => token.replaceAll(config.suffix, i === tokens.length - 1 ? '' : ' '))
    case 'Strip':
      return (tokens) => tokens.map((token) => stripped(token, config))
    case 'Replace': {
      const found = 'String' in config.pattern ? literal(config.pattern.String) : rustRegex(config.pattern.Regex)
      const replaced = (token: string) =>
        findMatches(found, token).map(([from, to, isMatch]) => (isMatch ? config.content : token.slice(from, to)))
      return (tokens) => tokens.map((token) => replaced(token).join(''))
    }
    case 'CTC':
      return (tokens) => ctc(tokens, config)
  }
}

const utf8 = new TextDecoder()
const strictUtf8 = new TextDecoder('utf-8', { fatal: true })
const toUtf8 = new TextEncoder()
const BYTES = new Map(BYTE_LETTERS.map((letter, byte) => [letter, byte]))

/** A token of byte letters as the bytes; another as its own. */
function bytesOf(token: string): number[] {
  const bytes = Array.from(token, (letter) => BYTES.get(letter))
  return bytes.every((byte) => byte !== undefined) ? bytes : [...toUtf8.encode(token)]
}

function wordPiece(prefix: string, cleanup: boolean): Chain {
  const spaced = (token: string, i: number) => {
    if (i === 0) return token
    return token.startsWith(prefix) ? token.slice(prefix.length) : ` ${token}`
  }
  return (tokens) => tokens.map((token, i) => (cleanup ? cleaned(spaced(token, i)) : spaced(token, i)))
}

const CLEANED = [
  [' .', '.'],
  [' ?', '?'],
  [' !', '!'],
  [' ,', ','],
  [" ' ", "'"],
  [" n't", "n't"],
  [" 'm", "'m"],
  [' do not', " don't"],
  [" 's", "'s"],
  [" 've", "'ve"],
  [" 're", "'re"],
] as const

function cleaned(token: string): string {
  return CLEANED.reduce((text, [from, to]) => text.replaceAll(from, to), token)
}

/** Runs of bytes as text; a run that is no UTF-8 as one U+FFFD a byte. */
function byteFallback(tokens: string[]): string[] {
  const made: string[] = []
  let run: number[] = []
  const flush = () => {
    try {
      if (run.length > 0) made.push(strictUtf8.decode(Uint8Array.from(run)))
    } catch {
      made.push(...run.map(() => '\uFFFD'))
    }
    run = []
  }
  for (const token of tokens) {
    const byte = /^<0x([0-9A-Fa-f]{2})>$/.exec(token)?.[1]
    if (byte !== undefined) run.push(Number.parseInt(byte, 16))
    else {
      flush()
      made.push(token)
    }
  }
  flush()
  return made
}

function stripped(token: string, { content, start, stop }: { content: string; start: number; stop: number }): string {
  const letters = Array.from(token)
  let from = 0
  while (from < start && letters[from] === content) from++
  let to = letters.length
  while (letters.length - to < stop && to > from && letters[to - 1] === content) to--
  return letters.slice(from, to).join('')
}

function ctc(tokens: string[], config: Extract<DecoderConfig, { type: 'CTC' }>): string[] {
  const once = tokens.filter((token, i) => token !== tokens[i - 1])
  return once.flatMap((token) => {
    const kept = token.replaceAll(config.pad_token, '')
    const text = config.cleanup ? cleaned(kept).replaceAll(config.word_delimiter_token, ' ') : kept
    return text ? [text] : []
  })
}
