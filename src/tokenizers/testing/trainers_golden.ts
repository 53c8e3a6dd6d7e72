/** What Python's `tokenizers` trains, decodes and parses (training/golden/trainers_fixture.py). For tests. */

import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { type Kind, RECIPE, type Recipe, type WordRule } from '../recipe.ts'
import type { TokenizerJson } from '../train.ts'

interface TrainedCase {
  corpus: string
  kind: Kind
  size: number
  normaliser: 'none' | 'all'
  words: WordRule
  bytes: boolean
  file: TokenizerJson
}

export interface TrainersFixture {
  corpora: Record<string, string[]>
  cases: TrainedCase[]
  scored: { corpus: string; size: number; merges: [string, string][] }[]
  decoders: { config: unknown; tokens: string[][]; answers: string[] }[]
  parsed: { name: string; digests: string }[]
}

const file = new URL('../fixtures/trainers.json.gz', import.meta.url)
export const trainersFixture: TrainersFixture = JSON.parse(gunzipSync(readFileSync(file)).toString())

export function recipeOf({ size, normaliser, words, bytes }: TrainedCase): Recipe {
  const all = normaliser === 'all'
  return {
    ...RECIPE,
    nfkc: all,
    lowercase: all,
    stripAccents: all,
    spaceCjk: all,
    words,
    splitDigits: words === 'metaspace',
    byteFallback: bytes,
    vocabularySize: size,
    minFrequency: 0,
  }
}
