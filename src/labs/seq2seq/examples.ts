/** What the lab opens on, and what else its menu offers; each was chosen by measurement on the model it names. */

import type { Example } from '../definition.ts'
import type { Seq2SeqLink } from './state/link.ts'
import { t } from './words/words.ts'

/** @param id also the key of its words */
function example(id: 'date', link: Omit<Seq2SeqLink, 'lab' | 'model'>): Example<Seq2SeqLink> {
  return {
    id,
    title: () => t(`example.${id}`),
    look: () => t(`example.${id}.look`),
    link: { lab: 'seq2seq', model: 'clsroom-t5', ...link },
  }
}

export const EXAMPLES: readonly Example<Seq2SeqLink>[] = [
  example('date', {
    text: 'date: Friday, the 3rd of May, 1998',
    look: {
      layer: 1,
      head: 0,
      decoder: { layer: 1, head: 0 },
      cross: { layer: 2, head: 'mean' },
      selected: { source: [], target: [11] },
    },
  }),
]
