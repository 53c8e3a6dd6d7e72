/** Examples of the memory lab's half for text; each was chosen by what the model it names does on it. */

import type { Example } from '../../definition.ts'
import { TEXT_KINDS } from './state/doc.ts'
import type { TextMemoryLink } from './state/link_schema.ts'
import { t } from './words/words.ts'

type Id =
  | 'recall'
  | 'twin'
  | 'bottleneck'
  | 'ctrl'
  | 'unread'
  | 'another'
  | 'cause'
  | 'count'
  | 'mood'
  | 'whose'
  | 'beside'

/** @param id also the key of its words */
function example(
  id: Id,
  link: Omit<TextMemoryLink, 'lab' | 'shows' | 'model'> & { model?: string },
): Example<TextMemoryLink> {
  return {
    id: `memory-${id}`,
    title: () => t(`example.${id}`),
    look: () => t(`example.${id}.look`),
    link: { lab: 'memory', shows: 'text', model: 'clsroom-memtransformer', ...link },
  }
}

const looking = (layer: number, tool = '') => ({ layer, head: 'mean' as const, fit: true, tool })
const WINDOW = { type: 'window' as const, radius: 4, besides: ['memory' as const] }
const TWO_FACTS = [
  'tom has the key . mary has the hat . the sun was warm and the children played in the garden . they had a little dog and it ran very fast .',
  'mary has the [MASK] .',
]

export const TEXT_EXAMPLES: readonly Example<TextMemoryLink>[] = [
  example('recall', { look: looking(2) }),
  example('twin', { model: 'clsroom-nomemory', look: looking(2, 'recall') }),
  example('bottleneck', { model: 'clsroom-membottleneck', look: looking(2) }),
  example('ctrl', { model: 'clsroom-memctrl', look: looking(2, 'reads') }),
  example('unread', {
    tokens: { rules: [{ type: 'padding' }, WINDOW, { type: 'never', queries: [...TEXT_KINDS], keys: ['memory'] }] },
    look: looking(2, 'mask'),
  }),
  example('another', {
    replaced: { by: 'other', layer: 2, slots: [0, 1, 2, 3, 4, 5, 6, 7] },
    look: looking(2, 'slots'),
  }),
  example('cause', { look: looking(2, 'cause') }),
  example('count', { look: looking(2, 'count') }),
  example('mood', {
    texts: ['the film was a wonderful , funny and moving story .', ''],
    look: looking(3),
  }),
  example('whose', { texts: TWO_FACTS, look: looking(2, 'recall') }),
  example('beside', { look: looking(2, 'beside') }),
]
