import { existsSync, readFileSync } from 'node:fs'
import { Tokenizer as Library } from '@huggingface/tokenizers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ClsroomError } from '../core/errors.ts'
import { orderOfGrowth } from '../core/testing/time.ts'
import { loadTokenizer, type Tokenizer } from './tokenizer.ts'

const SPECIALS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']
const WORDS = ['the', 'cat', 'un', '##aff', '##able', 'cafe', '##s', '中', '文', '!', '[', ']', 'sep', 'σοφοσ']
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz0123456789', ...'한']
const VOCABULARY = [...SPECIALS, ...WORDS, ...LETTERS, ...LETTERS.map((letter) => `##${letter}`)]

function bertFile(change: { lowercase?: boolean; added?: object[] } = {}) {
  return {
    version: '1.0',
    added_tokens: [
      ...SPECIALS.map((content, id) => ({ id, content, special: true, normalized: false })),
      ...(change.added ?? []),
    ],
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: change.lowercase ?? true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(VOCABULARY.map((token, id) => [token, id])),
    },
  }
}

const bert = loadTokenizer(JSON.stringify(bertFile()))
const shown = (tokenizer: Tokenizer, text: string) => tokenizer.pieces(text).map((p) => [p.label, p.text])

describe('pieces of a BERT tokenizer', () => {
  it.each<[string, [string, string][]]>([
    ['', []],
    [' \n\t ', []],
    [
      'The UNAFFABLE cat!',
      [
        ['the', 'The'],
        ['un', 'UN'],
        ['##aff', 'AFF'],
        ['##able', 'ABLE'],
        ['cat', 'cat'],
        ['!', '!'],
      ],
    ],
    [
      'Cafés',
      [
        ['cafe', 'Café'],
        ['##s', 's'],
      ],
    ],
    [
      'Cafe\u0301s',
      [
        ['cafe', 'Cafe\u0301'],
        ['##s', 's'],
      ],
    ],
    [
      '中文cat',
      [
        ['中', '中'],
        ['文', '文'],
        ['cat', 'cat'],
      ],
    ],
    [
      'a👩‍👩‍👧b cat',
      [
        ['[UNK]', 'a👩‍👩‍👧b'],
        ['cat', 'cat'],
      ],
    ],
    [
      '❤️ cat',
      [
        ['[UNK]', '❤️'],
        ['cat', 'cat'],
      ],
    ],
    ['ΣΟΦΟΣ', [['σοφοσ', 'ΣΟΦΟΣ']]],
    [
      'ca\u0000t c\u200Bat',
      [
        ['cat', 'ca\u0000t'],
        ['cat', 'c\u200Bat'],
      ],
    ],
    [
      'İs',
      [
        ['i', 'İ'],
        ['##s', 's'],
      ],
    ],
    [
      '한',
      [
        ['ᄒ', '한'],
        ['##ᅡ', '한'],
        ['##ᆫ', '한'],
      ],
    ],
    [
      'שלום cat',
      [
        ['[UNK]', 'שלום'],
        ['cat', 'cat'],
      ],
    ],
    ['\ud800cat', [['cat', 'cat']]],
    [
      `${'x'.repeat(101)} cat`,
      [
        ['[UNK]', 'x'.repeat(101)],
        ['cat', 'cat'],
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown(bert, text)).toEqual(expected)
  })

  it('treats a typed special token as text', () => {
    expect(shown(bert, 'the[SEP]')).toEqual([
      ['the', 'the'],
      ['[', '['],
      ['sep', 'SEP'],
      [']', ']'],
    ])
  })

  it('keeps accents and case where the normaliser does', () => {
    const cased = loadTokenizer(JSON.stringify(bertFile({ lowercase: false })))
    expect(shown(cased, 'The cat')).toEqual([
      ['[UNK]', 'The'],
      ['cat', 'cat'],
    ])
  })

  it('finds words that were added to the vocabulary', () => {
    const added = [
      { id: 200, content: 'Covid-19' },
      { id: 201, content: 'X!', normalized: false },
    ]
    const tokenizer = loadTokenizer(JSON.stringify(bertFile({ added })))
    expect(tokenizer.vocabSize).toBe(202)
    expect(shown(tokenizer, 'the COVID-19 cat X!')).toEqual([
      ['the', 'the'],
      ['Covid-19', 'COVID-19'],
      ['cat', 'cat'],
      ['X!', 'X!'],
    ])
  })

  it.each(['the unaffable cat! ', 'é', '中', '👩‍👩‍👧 ', 'a', '\u0301', ' ', '\u0000'])(
    'takes a time in proportion to a long text (%j)',
    (text) => {
      const order = orderOfGrowth(100_000, (length) => {
        const long = text.repeat(length / text.length)
        return () => bert.pieces(long)
      })
      expect(order).toBeLessThan(1.75)
    },
  )
})

describe('the pre-tokenizer Whitespace', () => {
  const words = JSON.parse(readFileSync(new URL('fixtures/words.json', import.meta.url), 'utf8')) as [
    string,
    string[],
  ][]

  it('splits any script as Hugging Face’s tokenizers do', () => {
    const known = [...new Set(words.flatMap(([, parts]) => parts))]
    const file = {
      pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Whitespace' }] },
      model: {
        type: 'WordLevel',
        unk_token: '[UNK]',
        vocab: Object.fromEntries(['[UNK]', ...known].map((word, id) => [word, id])),
      },
    }
    const tokenizer = loadTokenizer(JSON.stringify(file))
    expect(words.length).toBeGreaterThan(100)
    for (const [text, parts] of words) expect(tokenizer.pieces(text).map(({ text }) => text)).toEqual(parts)
  })
})

describe('ideographs beyond the basic plane', () => {
  it.each([
    ['a𠮷b', ['a', '[UNK]', 'b']],
    ['𠮷𠮷', ['[UNK]', '[UNK]']],
    ['中𠮷', ['中', '[UNK]']],
  ])('are words of their own: %s', (text, labels) => {
    expect(bert.pieces(text).map(({ label }) => label)).toEqual(labels)
    expect(
      bert
        .pieces(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text)
  })
})

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        ...'aσΣé中한İ\u0301\u200d\ufe0f\u0000\u0085 \n!-👩𠀀\ud83d\ude00\u302e\u093e',
        'the',
        'UNAFFABLE',
        '[',
      ),
    )
    .map((parts) => parts.join('')),
)
/** Ideographs of two units each: the library, which looks at the halves, puts no spaces around them. */
const hasFarIdeograph = (text: string) => /[\u{20000}-\u{2FA1F}]/u.test(text)
const hasSpecial = (text: string) => SPECIALS.some((special) => text.includes(special))

describe.each<[string, object]>([
  ['uncased', bertFile()],
  ['cased', bertFile({ lowercase: false })],
  ['an added word', bertFile({ added: [{ id: 200, content: 'the' }] })],
])('any text, %s', (_, file) => {
  const tokenizer = loadTokenizer(JSON.stringify(file))
  const library = new Library(file, {})

  it("has the library's own ids", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(!hasSpecial(text) && !hasFarIdeograph(text))
        expect(tokenizer.pieces(text).map(({ id }) => id)).toEqual(
          library.encode(text, { add_special_tokens: false }).ids,
        )
      }),
      { numRuns: 1000 },
    )
  })

  it('has spans that go forward, give the text, and leave out only what cannot be seen', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const pieces = tokenizer.pieces(text)
        let covered = 0
        let rest = ''
        for (const { start, end, text: part } of pieces) {
          expect(part).toBe(text.slice(start, end))
          expect(end).toBeGreaterThan(start)
          expect(end).toBeGreaterThanOrEqual(covered)
          rest += text.slice(covered, Math.max(start, covered))
          covered = end
        }
        rest += text.slice(covered)
        expect(rest.replace(/[\s\p{C}\p{M}\ufffd]/gu, '')).toBe('')
      }),
      { numRuns: 1000 },
    )
  })

  it('has spans whose text, alone, gives the piece again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { label, text: part } of tokenizer.pieces(text)) {
          const normal = library.normalizer?.(part).replaceAll('ς', 'σ').trim() ?? ''
          const bare = label.replace(/^##/, '').replaceAll('ς', 'σ')
          if (label !== '[UNK]') expect(normal.includes(bare)).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('other tokenizers', () => {
  const byteLevel = loadTokenizer(
    JSON.stringify({
      added_tokens: [{ id: 0, content: '<|endoftext|>', special: true }],
      normalizer: null,
      pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false },
      model: {
        type: 'BPE',
        vocab: { '<|endoftext|>': 0, t: 1, h: 2, e: 3, th: 4, the: 5, Ġ: 6, Ġthe: 7, Ã: 8, '©': 9, 'Ã©': 10 },
        merges: ['t h', 'th e', 'Ġ the', 'Ã ©'],
      },
    }),
  )

  it('byte-level BPE: spans in characters, not bytes', () => {
    expect(shown(byteLevel, 'the thé the')).toEqual([
      ['the', 'the'],
      ['Ġ', ' '],
      ['th', 'th'],
      ['Ã©', 'é'],
      ['Ġthe', ' the'],
    ])
    expect(byteLevel.special('eos')).toBe(0)
    expect(byteLevel.special('cls')).toBeUndefined()
  })

  it('Unigram with Metaspace: the space before a word belongs to it', () => {
    const unigram = loadTokenizer(
      JSON.stringify({
        added_tokens: [{ id: 0, content: '<unk>', special: true }],
        normalizer: { type: 'NFKC' },
        pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' },
        model: {
          type: 'Unigram',
          unk_id: 0,
          vocab: [
            ['<unk>', 0],
            ['▁the', -1],
            ['▁', -2],
            ['fi', -2],
            ['s', -3],
          ],
        },
      }),
    )
    expect(shown(unigram, 'the ﬁ中s')).toEqual([
      ['▁the', 'the'],
      ['▁', ' '],
      ['fi', 'ﬁ'],
      ['<unk>', '中'],
      ['s', 's'],
    ])
  })

  it('WordLevel: a typed special token is unknown', () => {
    const wordLevel = loadTokenizer(
      JSON.stringify({
        added_tokens: SPECIALS.map((content, id) => ({ id, content, special: true })),
        pre_tokenizer: { type: 'WhitespaceSplit' },
        model: {
          type: 'WordLevel',
          unk_token: '[UNK]',
          vocab: Object.fromEntries([...SPECIALS, 'the'].map((t, i) => [t, i])),
        },
      }),
    )
    expect(shown(wordLevel, 'the dog [SEP]')).toEqual([
      ['the', 'the'],
      ['[UNK]', 'dog'],
      ['[UNK]', '[SEP]'],
    ])
  })
})

describe('special tokens', () => {
  it('are found by their usual names', () => {
    expect((['pad', 'unk', 'cls', 'sep', 'mask', 'bos'] as const).map((kind) => bert.special(kind))).toEqual([
      0,
      1,
      2,
      3,
      4,
      undefined,
    ])
    expect([bert.unkId, bert.vocabSize, bert.idToLabel(2), bert.idToLabel(99_999)]).toEqual([
      1,
      VOCABULARY.length,
      '[CLS]',
      '#99999',
    ])
  })

  it('are called what tokenizer_config.json says', () => {
    const config = { cls_token: { content: 'the' }, sep_token: 'cat', bos_token: null, model_max_length: 1e30 }
    const tokenizer = loadTokenizer(JSON.stringify(bertFile()), JSON.stringify(config))
    expect([tokenizer.special('cls'), tokenizer.special('sep')]).toEqual([5, 6])
  })
})

describe("RoBERTa's special tokens", () => {
  const roberta = loadTokenizer(
    JSON.stringify({
      added_tokens: ['<s>', '<pad>', '</s>', '<unk>', '<mask>'].map((content, id) => ({ id, content, special: true })),
      post_processor: { type: 'RobertaProcessing', sep: ['</s>', 2], cls: ['<s>', 0] },
      model: {
        type: 'BPE',
        vocab: { '<s>': 0, '<pad>': 1, '</s>': 2, '<unk>': 3, '<mask>': 4, t: 5 },
        merges: [],
        unk_token: '<unk>',
      },
    }),
  )

  it('are of one kind each, by what stands around a text', () => {
    const kinds = ['cls', 'pad', 'sep', 'unk', 'mask', 'bos', 'eos'] as const
    expect(kinds.map((kind) => roberta.special(kind))).toEqual([0, 1, 2, 3, 4, undefined, undefined])
  })

  it('stand twice between segments', () => expect(roberta.doublesSeparators).toBe(true))
})

describe('a tokenizer.json that cannot be used', () => {
  const codeOf = (text: string, config?: string) => {
    try {
      loadTokenizer(text, config)
      return 'accepted'
    } catch (error) {
      if (error instanceof ClsroomError) return error.code
      throw error
    }
  }
  const changed = (change: object) => JSON.stringify({ ...bertFile(), ...change })
  const split = (Regex: string) =>
    changed({ pre_tokenizer: { type: 'Split', pattern: { Regex }, behavior: 'Isolated' } })

  it.each([
    ['a web page', '<!doctype html>'],
    ['no model', '{}'],
    ['a list', '[]'],
    ['an empty vocabulary', changed({ model: { type: 'WordPiece', vocab: {} }, added_tokens: [] })],
    ['an id that is not a number', changed({ model: { type: 'WordPiece', vocab: { a: 'x' } } })],
    ['a huge id', changed({ model: { type: 'WordPiece', vocab: { '[UNK]': 1, a: 1e9 } } })],
    ['two tokens with one id', changed({ model: { type: 'WordPiece', vocab: { a: 7, b: 7 } } })],
    ['an added token on a taken id', changed({ added_tokens: [{ id: 7, content: 'new' }] })],
    ['no unknown token', changed({ model: { type: 'WordPiece', vocab: { a: 0 } }, added_tokens: [] })],
    ['a key twice', '{"model":{"type":"WordLevel","vocab":{"a":0,"a":1}}}'],
    ['an exploding pattern', split('(a+)+$')],
    ['an exploding pattern, nested deeper', split('((?:a|b{2,})c?)*x')],
    ['a pattern that does not compile', split('[a')],
    ['a Unigram vocabulary without scores', changed({ model: { type: 'Unigram', vocab: ['a'] } })],
  ])('%s', (_, text) => {
    expect(codeOf(text)).toBe('tokenizer')
  })

  it.each([
    ['an unknown model', changed({ model: { type: 'Magic', vocab: { a: 0 } } })],
    ['an unknown normaliser', changed({ normalizer: { type: 'Magic' } })],
    ['an unknown pre-tokenizer', changed({ pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Magic' }] } })],
  ])('%s is unsupported', (_, text) => {
    expect(codeOf(text)).toBe('unsupported')
  })

  it('accepts the patterns of published tokenizers, and files that do not name their model', () => {
    const gpt4 =
      "(?i:'s|'t|'re)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
    expect(codeOf(split(gpt4))).toBe('accepted')
    const { type: _, ...model } = bertFile().model
    expect(codeOf(changed({ model }))).toBe('accepted')
  })

  it('throws nothing but ClsroomError on damaged files', () => {
    const text = JSON.stringify({ ...bertFile(), model: { ...bertFile().model, vocab: { '[UNK]': 1, a: 5 } } })
    fc.assert(
      fc.property(fc.nat(text.length), fc.string({ maxLength: 3 }), fc.nat(20), (at, insert, drop) => {
        codeOf(text.slice(0, at) + insert + text.slice(at + drop))
      }),
      { numRuns: 500 },
    )
  })
})

const TRAINED = 'public/models/clsroom-bert/tokenizer.json'
describe.skipIf(!existsSync(TRAINED))('the embedded tokenizer', () => {
  it('has the special tokens where the model expects them and traces ordinary English', () => {
    const trained = loadTokenizer(readFileSync(TRAINED, 'utf8'))
    expect((['pad', 'unk', 'cls', 'sep', 'mask'] as const).map((kind) => trained.special(kind))).toEqual([
      0, 1, 2, 3, 4,
    ])
    const text = 'The quick brown fox jumps over the lazy dog; naïve cafés don’t mind.'
    expect(
      trained
        .pieces(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text.replaceAll(' ', ''))
  })
})

it('says which part of a pattern could go on for ever', () => {
  const withPattern = (Regex: string) =>
    JSON.stringify({ ...bertFile(), pre_tokenizer: { type: 'Split', pattern: { Regex }, behavior: 'Isolated' } })
  expect(() => loadTokenizer(withPattern('(a+)+$'))).toThrow(/the repeated group "\(a\+\)\+"/)
  expect(() => loadTokenizer(withPattern('(a)\\1'))).toThrow(/nothing that refers back to a group/)
})
