import { expect, it } from 'vitest'
import { expectOnlyRefusals, folder } from './testing/load_hostile.ts'

const SPECIALS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']
const LETTERS = [...'abcdexyz▁ĠÃ©!', 'ab', '##a', '##b', 'aab', '[', '<0x0A>']
const vocab = Object.fromEntries([...SPECIALS, ...LETTERS].map((token, id) => [token, id]))
const added_tokens = [
  ...SPECIALS.map((content, id) => ({
    id,
    content,
    special: true,
    normalized: false,
    single_word: false,
    lstrip: false,
  })),
  { id: 40, content: 'word', special: false, normalized: true, single_word: true, lstrip: true, rstrip: true },
]
const pattern = { Regex: ' ?\\p{L}+|\\s+(?!\\S)|\\s+' }

const wordPiece = {
  version: '1.0',
  added_tokens,
  normalizer: {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab,
  },
}
const bpe = {
  added_tokens,
  normalizer: {
    type: 'Sequence',
    normalizers: [{ type: 'NFKC' }, { type: 'Replace', pattern, content: '▁' }, { type: 'Prepend', prepend: '▁' }],
  },
  pre_tokenizer: {
    type: 'Sequence',
    pretokenizers: [
      { type: 'Split', pattern, behavior: 'Isolated', invert: false },
      { type: 'ByteLevel', add_prefix_space: true, use_regex: false },
    ],
  },
  model: {
    type: 'BPE',
    unk_token: '[UNK]',
    dropout: null,
    byte_fallback: true,
    fuse_unk: true,
    vocab,
    merges: ['a b', ['a', 'ab']],
  },
}
const unigram = {
  added_tokens: [],
  normalizer: {
    type: 'Sequence',
    normalizers: [
      { type: 'Strip', strip_left: true, strip_right: true },
      { type: 'Precompiled', precompiled_charsmap: 'BAQAAAA=' },
      { type: 'StripAccents' },
    ],
  },
  pre_tokenizer: {
    type: 'Sequence',
    pretokenizers: [
      { type: 'Digits', individual_digits: true },
      { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: true },
    ],
  },
  model: {
    type: 'Unigram',
    unk_id: 0,
    byte_fallback: false,
    vocab: [
      ['<unk>', 0],
      ['▁', -1.5],
      ['a', -2],
      ['aa', -2.25],
      ['▁the', -3],
    ],
  },
}

it.each([
  ['WordPiece', wordPiece, 2400],
  ['BPE', bpe, 2400],
  [
    'Unigram',
    {
      ...unigram,
      normalizer: {
        ...unigram.normalizer,
        normalizers: unigram.normalizer.normalizers.filter(({ type }) => type !== 'Precompiled'),
      },
    },
    2200,
  ],
])(
  'tokenizer.json of a %s, mutated: refused in plain words, or run',
  async (_, file, count) => {
    const good = folder('bert-tanh', { 'tokenizer.json': JSON.stringify(file) })
    const refused = await expectOnlyRefusals(good, 'tokenizer.json', count, 9)
    expect(refused).toBeGreaterThan(count / 4)
    expect(refused).toBeLessThan(count)
  },
  120_000,
)
