/** What the text lab opens on, and what else its menu offers; each was chosen by measurement on the model it names. */

import type { Example } from '../definition.ts'
import type { TextLink } from './state/link.ts'
import { t } from './words/words.ts'

const MASK = { kind: 'mask' as const, id: 4, label: '[MASK]' }
const PAD = { kind: 'pad' as const, id: 0, label: '[PAD]' }

/** @param id also the key of its words */
function example(
  id: 'mask' | 'context' | 'head' | 'agreement' | 'silence' | 'padding' | 'pair' | 'boundary' | 'unknown' | 'order',
  link: Omit<TextLink, 'lab' | 'model'>,
): Example<TextLink> {
  return {
    id,
    title: () => t(`example.${id}`),
    look: () => t(`example.${id}.look`),
    link: { lab: 'text', model: 'clsroom-bert', ...link },
  }
}

export const EXAMPLES: readonly Example<TextLink>[] = [
  example('mask', {
    texts: ['the president of the united states'],
    tokens: { states: [{ at: [[6, 1]], replacement: MASK }] },
    look: { layer: 1, head: 2, selected: [6] },
  }),
  example('context', {
    texts: ['he was so tired that he went to bed .'],
    tokens: { states: [{ at: [[9, 1]], replacement: MASK }] },
    look: { layer: 1, head: 2, selected: [4] },
  }),
  example('head', {
    texts: ['the president of the united states'],
    tokens: { states: [{ at: [[6, 1]], replacement: MASK }] },
    ablated: [[1, 2]],
    look: { layer: 1, head: 2, selected: [6] },
  }),
  example('agreement', {
    texts: ['she gave her husband a kiss .'],
    tokens: { states: [{ at: [[3, 1]], replacement: MASK }] },
    look: { layer: 1, head: 5, selected: [3] },
  }),
  example('silence', {
    texts: ['the movie was excellent .'],
    look: { tool: 'silence', layer: 0, head: 4, selected: [4] },
  }),
  example('padding', {
    texts: ['the movie was excellent .'],
    tokens: {
      strip: [
        [0, 7],
        [PAD, 8],
      ],
      rules: [],
    },
    look: { tool: 'pad', layer: 2, head: 'mean', selected: [] },
  }),
  example('pair', {
    texts: ['i went to the store to buy some milk.', 'the store was closed.'],
    look: { layer: 3, head: 3, selected: [0] },
  }),
  example('boundary', {
    texts: ['the film is too long.', 'the king went into the forest.'],
    tokens: { segmentsBySeparators: true },
    look: { layer: 2, head: 0, selected: [7] },
  }),
  example('unknown', {
    texts: ['the movie was 🦄 .'],
    look: { tool: 'unk', layer: 0, head: 4, selected: [4] },
  }),
  example('order', {
    texts: ['the president of the united states'],
    tokens: {
      states: [
        { at: [[6, 1]], replacement: MASK },
        { at: [[0, 8]], positionId: 0 },
      ],
    },
    look: { layer: 1, head: 2, selected: [6] },
  }),
]
