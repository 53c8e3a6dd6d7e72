/** What Python's `tokenizers` answers to 4,000 texts (training/golden/tokenizers_fixture.py). For tests. */

import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { NormalizerConfig, PreTokenizerConfig } from '../tokenizer_file.ts'

/** A tokenizer of public/models, and what it makes of texts with its special tokens among them. */
interface ShippedKind {
  part: 'shipped'
  spans?: string
  written: { texts: string[]; digests: string }
}
interface Digests {
  name: string
  /** Eight hexadecimal digits for each block of texts. */
  digests: string
}
export type GoldenKind = Digests &
  (
    | { part: 'normalizer'; config: NormalizerConfig }
    | { part: 'pre_tokenizer'; config: PreTokenizerConfig }
    | { part: 'tokenizer'; config: object; spans?: string }
    | ShippedKind
  )

interface Fixture {
  alphabet: string[]
  texts: number
  block: number
  kinds: GoldenKind[]
}

const file = new URL('../fixtures/tokenizers.json.gz', import.meta.url)
const fixture: Fixture = JSON.parse(gunzipSync(readFileSync(file)).toString())

export const goldenKinds = fixture.kinds
export const goldenTexts = drawTexts(fixture)

function drawTexts({ alphabet, texts }: Fixture): string[] {
  let state = 1
  const draw = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state >>> 8) % below
  }
  return Array.from({ length: texts }, () => {
    const [length, near, start] = [draw(24), draw(2), draw(alphabet.length)]
    const width = near ? 40 : alphabet.length
    const piece = () => `${alphabet[(start + draw(width)) % alphabet.length]}${draw(8) === 0 ? ' ' : ''}`
    return Array.from({ length }, piece).join('')
  })
}

/** The first block of texts that are answered otherwise than by `tokenizers`; undefined where there is none. */
export function firstDifference(
  digests: string,
  answer: (text: string) => string,
  texts = goldenTexts,
): string[] | undefined {
  for (let block = 0; block * fixture.block < texts.length; block++) {
    const asked = texts.slice(block * fixture.block, (block + 1) * fixture.block)
    const digest = fnv1a(asked.map(answer).join('\n')).toString(16).padStart(8, '0')
    if (digest !== digests.slice(block * 8, block * 8 + 8)) return asked
  }
  return undefined
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}

/** UTF-16 units to code points: how many code points begin before each unit. */
export function codePointOffsets(text: string): number[] {
  const offsets = [0]
  for (const char of text) {
    const before = offsets.at(-1) as number
    offsets.push(...(char.length === 2 ? [before, before + 1] : [before + 1]))
  }
  return offsets
}
