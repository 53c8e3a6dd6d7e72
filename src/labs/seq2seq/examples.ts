/** What the lab opens on, and what else its menu offers; each was chosen by measurement on the model it names. */

import type { Example } from '../definition.ts'
import type { HeadLook } from './state/lab.ts'
import type { Seq2SeqLink } from './state/link.ts'
import { t } from './words/words.ts'

type ExampleId = 'date' | 'number' | 'words' | 'reverse' | 'fill' | 'leak' | 'start' | 'forced' | 'hijacked' | 'future'

interface Shown {
  encoder?: HeadLook
  decoder?: HeadLook
  cross: HeadLook
  tool?: string
  /** Place of the output token that is looked at. */
  output: number
}

/** @param id also the key of its words */
function example(id: ExampleId, shown: Shown, link: Omit<Seq2SeqLink, 'lab' | 'model' | 'look'>): Example<Seq2SeqLink> {
  const { encoder = { layer: 1, head: 'mean' }, decoder = { layer: 1, head: 'mean' }, cross, tool = '', output } = shown
  return {
    id,
    title: () => t(`example.${id}`),
    look: () => t(`example.${id}.look`),
    link: {
      lab: 'seq2seq',
      model: 'clsroom-t5',
      ...link,
      look: { tool, ...encoder, decoder, cross, selected: { source: [], target: [output] } },
    },
  }
}

const PAD = { kind: 'pad' as const, id: 0, label: '<pad>' }
/** <pad> 1998-05-03 </s> */
const DATE = [0, 1880, 1830, 1838, 1838, 1837, 1826, 1829, 1834, 1826, 1829, 1832, 1]

export const EXAMPLES: readonly Example<Seq2SeqLink>[] = [
  example('date', { cross: { layer: 2, head: 2 }, output: 11 }, { text: 'date: Friday, the 3rd of May, 1998' }),
  example(
    'number',
    { cross: { layer: 2, head: 3 }, output: 3, tool: 'alignment' },
    { text: 'number: three hundred and forty two' },
  ),
  example('words', { cross: { layer: 3, head: 2 }, output: 4 }, { text: 'words: 17342' }),
  example('reverse', { cross: { layer: 2, head: 'mean' }, output: 1 }, { text: 'reverse: cat dog sun moon' }),
  example(
    'fill',
    { cross: { layer: 2, head: 'mean' }, output: 1 },
    { text: 'fill: the <extra_id_0> sat on the <extra_id_1>.' },
  ),
  example(
    'leak',
    { cross: { layer: 2, head: 'mean' }, output: 11, tool: 'pad' },
    {
      text: 'date: Friday, the 3rd of May, 1998',
      source: {
        strip: [
          [0, 18],
          [PAD, 8],
        ],
        rules: [],
      },
      masks: { cross: { rules: [] } },
    },
  ),
  example(
    'start',
    { cross: { layer: 2, head: 'mean' }, output: 1, tool: 'start' },
    {
      text: 'date: Friday, the 3rd of May, 1998',
      target: {
        ids: DATE,
        tokens: { rules: [], states: [{ at: [[0, 1]], replacement: { kind: 'bos', id: 1, label: '</s>' } }] },
      },
    },
  ),
  example(
    'forced',
    { cross: { layer: 2, head: 2 }, output: 8, tool: 'free' },
    { text: 'date: Friday, the 3rd of May, 1998', target: { ids: DATE.with(8, 1835) } },
  ),
  example(
    'hijacked',
    { cross: { layer: 2, head: 3 }, output: 2, tool: 'states' },
    {
      text: 'date: Friday, the 3rd of May, 1998',
      states: { type: 'other', text: 'number: three hundred and forty two' },
    },
  ),
  example(
    'future',
    { cross: { layer: 2, head: 'mean' }, decoder: { layer: 0, head: 'mean' }, output: 5, tool: 'masks' },
    {
      text: 'reverse: cat dog sun moon',
      target: { ids: [0, 1048, 356, 54, 56, 1] },
      masks: { decoder: { rules: [] } },
    },
  ),
]
