/** What the Generate lab opens on, and what else its menu offers; each was chosen by measurement on the model it names. */

import type { Example } from '../definition.ts'
import { SAMPLING } from './state/doc.ts'
import type { GenerateLink } from './state/link.ts'
import { t } from './words/words.ts'

const SENTENCE_END = { kind: 'eosent' as const, id: 3, label: '<eosent>' }
/** Always the most probable token. */
const GREEDY = { ...SAMPLING, temperature: 0 }

type Id = 'story' | 'greedy' | 'draw' | 'hot' | 'end' | 'sentence' | 'bos' | 'ahead' | 'bytes' | 'branches'

/** @param id also the key of its words */
function example(id: Id, link: Omit<GenerateLink, 'lab' | 'model'>): Example<GenerateLink> {
  return {
    id,
    title: () => t(`example.${id}`),
    look: () => t(`example.${id}.look`),
    link: { lab: 'generate', model: 'clsroom-gpt2', ...link },
  }
}

/** Tokens that one seed drew. */
const drawn = (written: number[], seed: number) => ({ written, seeds: written.map(() => seed), seed })

export const EXAMPLES: readonly Example<GenerateLink>[] = [
  example('story', {
    prompt: 'Once upon a time there was a',
    look: { layer: 3, head: 1, selected: [] },
  }),
  example('greedy', {
    prompt: 'The capital of France is',
    sampling: GREEDY,
    ...drawn([1882, 17, 3, 1882, 294, 262, 875, 293, 1917, 17, 3, 2], 1),
    look: { tool: 'steps', layer: 4, head: 'mean', selected: [] },
  }),
  example('draw', {
    prompt: 'Once upon a time there was a',
    look: { tool: 'sampling', layer: 3, head: 1, selected: [] },
  }),
  example('hot', {
    prompt: 'The king',
    sampling: { ...SAMPLING, temperature: 1.6, topK: 0, topP: 1 },
    ...drawn([3162, 457, 3488, 503, 361, 1950, 471, 339, 445, 935, 680, 17, 3], 2),
    look: { tool: 'sampling', layer: 4, head: 'mean', selected: [5] },
  }),
  example('end', {
    prompt: 'A dog is',
    ...drawn(
      [
        367, 822, 17, 3, 347, 505, 967, 1280, 17, 3, 301, 505, 297, 1411, 324, 263, 677, 17, 3, 301, 505, 861, 293, 263,
      ].concat([524, 17, 3, 2]),
      3,
    ),
    look: { tool: 'steps', layer: 4, head: 'mean', selected: [31] },
  }),
  example('sentence', {
    prompt: 'The dog barks.',
    tokens: {
      strip: [
        [0, 5],
        [SENTENCE_END, 1],
      ],
    },
    pinned: { lab: 'generate', model: 'clsroom-gpt2', prompt: 'The dog barks.' },
    look: { tool: 'compare', layer: 4, head: 'mean', selected: [5] },
  }),
  example('bos', {
    prompt: 'Once upon a time there was a',
    tokens: { states: [{ at: [[0, 1]], status: 'removed' }] },
    look: { tool: 'steps', layer: 0, head: 'mean', selected: [2] },
  }),
  example('ahead', {
    prompt: 'The capital of France is',
    sampling: GREEDY,
    ...drawn([1882, 17, 3], 1),
    tokens: { paint: [{ layer: 'all', query: 5, keys: [[6, 1]], readable: true }] },
    look: { tool: 'cache', layer: 4, head: 'mean', selected: [5] },
  }),
  example('bytes', {
    prompt: 'The naïve 🦄 went home',
    look: { tool: 'token', layer: 0, head: 'mean', selected: [8, 9, 10, 11] },
  }),
  example('branches', {
    prompt: 'A dog is',
    ...drawn([367, 822, 17, 3, 301, 505, 981, 280, 716, 1280, 17, 3, 2], 4),
    pinned: {
      lab: 'generate',
      model: 'clsroom-gpt2',
      prompt: 'A dog is',
      ...drawn([367, 822, 17, 3, 347, 505, 967, 1280, 17, 3, 2], 2),
    },
    look: { tool: 'compare', layer: 4, head: 'mean', selected: [] },
  }),
]
