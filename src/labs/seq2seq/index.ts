/** The sequence-to-sequence lab: an encoder, a decoder, and what the one reads in the other. */

import { fetchPart } from '../../core/fetch_part.ts'
import { defineWords } from '../../words/words.ts'
import type { LabDefinition } from '../definition.ts'
import type { Seq2SeqLab } from './state/lab.ts'
import type { Seq2SeqLink } from './state/link.ts'

const name = defineWords('seq2seq-lab', { name: 'Seq2seq' }, { ru: async () => ({ default: { name: 'Seq2seq' } }) })

export const SEQ2SEQ: LabDefinition<Seq2SeqLink, Seq2SeqLab> = {
  id: 'seq2seq',
  name: () => name('name'),
  needs: ['rewrites text'],
  parts: async () => (await fetchPart(() => import('./parts.ts'))).default,
  view: () => import('./Seq2SeqLab.tsx'),
}
