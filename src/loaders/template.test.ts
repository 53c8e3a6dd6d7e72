import { describe, expect, it } from 'vitest'
import { templateOf } from './template.ts'

const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } })
const special_tokens = Object.fromEntries(
  ['[CLS]', '[SEP]', '<s>', '</s>'].map((id, i) => [id, { id, ids: [[101, 102, 0, 2][i]], tokens: [id] }]),
)
const [A, B] = ['A', 'B'].map((id) => ({ Sequence: { id, type_id: 0 } }))

describe('what a tokenizer puts around a text', () => {
  it.each<[string, unknown, unknown]>([
    [
      'BERT, as it was written first',
      { type: 'BertProcessing', sep: ['[SEP]', 102], cls: ['[CLS]', 101] },
      { opening: 101, closing: 102, doubled: false },
    ],
    [
      'RoBERTa, as it was written first',
      { type: 'RobertaProcessing', sep: ['</s>', 2], cls: ['<s>', 0], trim_offsets: true },
      { opening: 0, closing: 2, doubled: true },
    ],
    [
      'BERT as a template',
      {
        type: 'TemplateProcessing',
        special_tokens,
        single: [special('[CLS]'), A, special('[SEP]')],
        pair: [special('[CLS]'), A, special('[SEP]'), B, special('[SEP]')],
      },
      { opening: 101, closing: 102, doubled: false },
    ],
    [
      'XLM-RoBERTa as a template, behind another step',
      {
        type: 'Sequence',
        processors: [
          { type: 'ByteLevel' },
          {
            type: 'TemplateProcessing',
            special_tokens,
            single: [special('<s>'), A, special('</s>')],
            pair: [special('<s>'), A, special('</s>'), special('</s>'), B, special('</s>')],
          },
        ],
      },
      { opening: 0, closing: 2, doubled: true },
    ],
    [
      'Llama: opens only',
      { type: 'TemplateProcessing', special_tokens, single: [special('<s>'), A], pair: [special('<s>'), A, B] },
      undefined,
    ],
    [
      'T5: closes only',
      { type: 'TemplateProcessing', special_tokens, single: [A, special('</s>')], pair: [A, B] },
      undefined,
    ],
    ['a kind that is not known', { type: 'Magic' }, undefined],
    ['none', null, undefined],
  ])('%s', (_, raw, expected) => expect(templateOf(raw)).toEqual(expected))
})
