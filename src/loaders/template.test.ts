import { describe, expect, it } from 'vitest'
import { templateOf } from './template.ts'

const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } })
const [A, B] = ['A', 'B'].map((id) => ({ Sequence: { id, type_id: 0 } }))

describe('what a tokenizer puts around a text', () => {
  it.each<[string, unknown, unknown]>([
    [
      'BERT, as it was written first',
      { type: 'BertProcessing', sep: ['[SEP]', 102], cls: ['[CLS]', 101] },
      { opening: '[CLS]', closing: '[SEP]', doubled: false },
    ],
    [
      'RoBERTa, as it was written first',
      { type: 'RobertaProcessing', sep: ['</s>', 2], cls: ['<s>', 0], trim_offsets: true },
      { opening: '<s>', closing: '</s>', doubled: true },
    ],
    [
      'BERT as a template',
      {
        type: 'TemplateProcessing',
        single: [special('[CLS]'), A, special('[SEP]')],
        pair: [special('[CLS]'), A, special('[SEP]'), B, special('[SEP]')],
      },
      { opening: '[CLS]', closing: '[SEP]', doubled: false },
    ],
    [
      'XLM-RoBERTa as a template, behind another step',
      {
        type: 'Sequence',
        processors: [
          { type: 'ByteLevel' },
          {
            type: 'TemplateProcessing',
            single: [special('<s>'), A, special('</s>')],
            pair: [special('<s>'), A, special('</s>'), special('</s>'), B, special('</s>')],
          },
        ],
      },
      { opening: '<s>', closing: '</s>', doubled: true },
    ],
    [
      'Llama: opens only',
      { type: 'TemplateProcessing', single: [special('<s>'), A], pair: [special('<s>'), A, B] },
      undefined,
    ],
    ['T5: closes only', { type: 'TemplateProcessing', single: [A, special('</s>')], pair: [A, B] }, undefined],
    ['a kind that is not known', { type: 'Magic' }, undefined],
    ['none', null, undefined],
  ])('%s', (_, raw, expected) => expect(templateOf(raw)).toEqual(expected))
})
