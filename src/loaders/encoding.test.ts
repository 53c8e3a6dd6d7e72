import { readFileSync } from 'node:fs'
import { Tokenizer as Library } from '@huggingface/tokenizers'
import { describe, expect, it } from 'vitest'
import { type Encoding, encodingOf } from './encoding.ts'
import { loadTokenizer } from './tokenizer.ts'

const special = (id: string, type_id = 0) => ({ SpecialToken: { id, type_id } })
const text = (id: string, type_id = 0) => ({ Sequence: { id, type_id } })
const OPENING = { '<s>': { id: '<s>', ids: [3], tokens: ['<s>'] } }
const CLOSING = { '</s>': { id: '</s>', ids: [4], tokens: ['</s>'] } }
const ENDS = { sep: ['</s>', 4], cls: ['<s>', 3] }
const BYTES = { type: 'ByteLevel', add_prefix_space: true, trim_offsets: false, use_regex: true }

const plain = (inputIds: number[], segments?: number[]): Encoding => ({
  inputIds,
  tokenTypeIds: segments ?? inputIds.map(() => 0),
})

/** The encodings of [0 1 2], of the pair [0 1], [2], and of nothing, by Hugging Face's `tokenizers` for Python. */
const PROCESSORS: [string, unknown, [Encoding, Encoding, Encoding]][] = [
  ['none', null, [plain([0, 1, 2]), plain([0, 1, 2], [0, 0, 1]), plain([])]],
  [
    'BERT',
    { type: 'BertProcessing', ...ENDS },
    [plain([3, 0, 1, 2, 4]), plain([3, 0, 1, 4, 2, 4], [0, 0, 0, 0, 1, 1]), plain([3, 4])],
  ],
  [
    'RoBERTa',
    { type: 'RobertaProcessing', ...ENDS, trim_offsets: true, add_prefix_space: true },
    [plain([3, 0, 1, 2, 4]), plain([3, 0, 1, 4, 4, 2, 4]), plain([3, 4])],
  ],
  ['bytes, as GPT-2', BYTES, [plain([0, 1, 2]), plain([0, 1, 2], [0, 0, 1]), plain([])]],
  [
    'an opening, as Llama',
    {
      type: 'Sequence',
      processors: [
        BYTES,
        {
          type: 'TemplateProcessing',
          single: [special('<s>'), text('A')],
          pair: [special('<s>'), text('A'), special('<s>', 1), text('B', 1)],
          special_tokens: OPENING,
        },
      ],
    },
    [plain([3, 0, 1, 2]), plain([3, 0, 1, 3, 2], [0, 0, 0, 1, 1]), plain([3])],
  ],
  [
    'a closing, as T5',
    {
      type: 'TemplateProcessing',
      single: [text('A'), special('</s>')],
      pair: [text('A'), special('</s>'), text('B'), special('</s>')],
      special_tokens: CLOSING,
    },
    [plain([0, 1, 2, 4]), plain([0, 1, 4, 2, 4]), plain([4])],
  ],
]

describe('the encoding of a text and of a pair', () => {
  it.each(PROCESSORS)('%s', (_, post_processor, [single, pair, nothing]) => {
    const json = JSON.stringify({ post_processor })
    expect(encodingOf(json, [0, 1, 2])).toEqual(single)
    expect(encodingOf(json, [0, 1], [2])).toEqual(pair)
    expect(encodingOf(json, [])).toEqual(nothing)
  })

  it('is that of the official library for the shipped model', () => {
    const json = readFileSync('public/models/clsroom-bert/tokenizer.json', 'utf8')
    const tokenizer = loadTokenizer(json)
    const [first, second] = ['The movie was excellent.', 'Nobody laughed!'] as const
    const pieces = (given: string) => tokenizer.pieces(given).map(({ id }) => id)
    const { ids, token_type_ids } = new Library(JSON.parse(json) as object, {}).encode(first, {
      text_pair: second,
      return_token_type_ids: true,
    })
    expect(encodingOf(json, pieces(first), pieces(second))).toEqual({ inputIds: ids, tokenTypeIds: token_type_ids })
  })
})
