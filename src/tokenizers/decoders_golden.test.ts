import { describe, expect, it } from 'vitest'
import { firstDifference, goldenKinds } from '../loaders/testing/tokenizers_golden.ts'
import { decoderOf } from '../loaders/tokenization/decoders.ts'
import { loadTokenizer } from '../loaders/tokenizer.ts'
import { trainersFixture } from './testing/trainers_golden.ts'

describe('decoded as Python’s tokenizers decodes', () => {
  it.each(trainersFixture.decoders.map((one) => [JSON.stringify(one.config), one] as const))('%s', (_, one) => {
    const decode = decoderOf(one.config)
    expect(one.tokens.map((tokens) => decode(tokens))).toEqual(one.answers)
  })

  it('puts spaces between tokens without a decoder, and refuses kinds that are not run', () => {
    expect(decoderOf(null)(['a', 'b'])).toBe('a b')
    expect(() => decoderOf({ type: 'Oracle' })).toThrow(/tokenizer.json.*Oracle/)
  })
})

describe('4,000 texts whose special tokens are parsed, as Python’s tokenizers reads them', () => {
  it.each(trainersFixture.parsed)('$name', ({ name, digests }) => {
    const kind = goldenKinds.find((one) => one.part === 'tokenizer' && one.name === name)
    const config = kind?.part === 'tokenizer' ? kind.config : {}
    const tokenizer = loadTokenizer(JSON.stringify(config), '{}', { parsesSpecials: true })
    const ids = (text: string) =>
      tokenizer
        .pieces(text)
        .map(({ id }) => id)
        .join(' ')
    expect(firstDifference(digests, ids)).toBeUndefined()
  })
})
