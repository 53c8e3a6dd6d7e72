import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type AlignedText, aligned } from './aligned_text.ts'
import { codePointOffsets, firstDifference, goldenKinds, goldenTexts } from './testing/tokenizers_golden.ts'
import { normalizerOf } from './tokenization/normalizers.ts'
import { preTokenizerOf } from './tokenization/pre_tokenizers.ts'
import { loadTokenizer, type Tokenizer } from './tokenizer.ts'

const kindsOf = <Part extends string>(part: Part) =>
  goldenKinds.filter((kind): kind is Extract<(typeof goldenKinds)[number], { part: Part }> => kind.part === part)

describe('4,000 texts of mixed scripts, as Hugging Face’s tokenizers answer them', () => {
  it('are all there', () => {
    expect(goldenTexts.length).toBe(4000)
    expect(goldenTexts).toContain('')
  })

  it.each(kindsOf('normalizer'))('normaliser $name', ({ config, digests }) => {
    const normalise = normalizerOf(config)
    expect(firstDifference(digests, (text) => normalise(aligned(text)).text)).toBeUndefined()
  })

  it.each(kindsOf('pre_tokenizer'))('pre-tokeniser $name', ({ config, digests }) => {
    const split = preTokenizerOf(config)
    const answer = (text: string) => {
      const offsets = codePointOffsets(text)
      const word = ({ text, starts, ends }: AlignedText) =>
        `${text}@${offsets[starts[0] ?? 0]}:${offsets[ends.at(-1) ?? 0]}`
      return split(aligned(text)).map(word).join('\x01')
    }
    expect(firstDifference(digests, answer)).toBeUndefined()
  })

  it.each(kindsOf('tokenizer'))('tokenizer $name', ({ config, digests, spans }) => {
    expectPieces(loadTokenizer(JSON.stringify(config)), digests, spans)
  })

  it.each(kindsOf('shipped'))('$name, which comes with the page', ({ name, digests, spans }) => {
    expectPieces(shipped(name), digests, spans)
  })
})

describe('texts with special tokens among them', () => {
  it.each(kindsOf('shipped').filter(({ written }) => written.texts.length > 0))('$name', ({ name, written }) => {
    const tokenizer = shipped(name)
    expect(written.texts.length).toBe(200)
    const answer = (text: string) => writtenIds(tokenizer, text).join(' ')
    expect(firstDifference(written.digests, answer, written.texts)).toBeUndefined()
  })
})

function shipped(name: string): Tokenizer {
  const read = (file: string) => readFileSync(new URL(`../../public/models/${name}/${file}`, import.meta.url), 'utf8')
  return loadTokenizer(read('tokenizer.json'), read('tokenizer_config.json'))
}

function expectPieces(tokenizer: Tokenizer, digests: string, spans: string | undefined): void {
  const answers = new Map(goldenTexts.map((text) => [text, tokenizer.pieces(text)]))
  const found = (text: string) => answers.get(text) ?? []
  expect(
    firstDifference(digests, (text) =>
      found(text)
        .map(({ id }) => id)
        .join(' '),
    ),
  ).toBeUndefined()
  if (!spans) return
  const spansOf = (text: string) => {
    const offsets = codePointOffsets(text)
    return found(text)
      .map(({ start, end }) => `${offsets[start]}:${offsets[end]}`)
      .join(' ')
  }
  expect(firstDifference(spans, spansOf)).toBeUndefined()
}

/** The pieces of what stands between special tokens, as texts of their own; a sentinel takes the spaces around it along. */
function writtenIds(tokenizer: Tokenizer, text: string): number[] {
  const labels = Array.from({ length: tokenizer.vocabSize }, (_, id) => tokenizer.idToLabel(id))
  return text.split(/\s*(<extra_id_\d>)\s*|(<[a-z]+>)/).flatMap((part = '') => {
    const id = /^<\w+>$/.test(part) ? labels.indexOf(part) : -1
    return id >= 0 ? [id] : tokenizer.pieces(part).map((piece) => piece.id)
  })
}
