/** What the batch lab opens on, and what else its menu offers; each was chosen by measurement on the model it names. */

import type { Example } from '../definition.ts'
import type { BatchLink } from './state/link.ts'
import { SETTINGS } from './state/settings.ts'
import { t } from './words/words.ts'

type Id = 'packed' | 'maximum' | 'peaks' | 'sorted' | 'contaminated' | 'positions' | 'leak' | 'left' | 'ends' | 'exact'

/** @param id also the key of its words */
function example(id: Id, link: Partial<Omit<BatchLink, 'lab'>>): Example<BatchLink> {
  return {
    id,
    title: () => t(`example.${id}`),
    look: () => t(`example.${id}.look`),
    link: { lab: 'batch', model: 'clsroom-bert', source: sample('zipf', 48), ...link },
  }
}

const sample = (corpus: 'zipf' | 'peaks' | 'uniform', count: number) => ({
  type: 'sample' as const,
  corpus,
  count,
  seed: 1,
})

export const EXAMPLES: readonly Example<BatchLink>[] = [
  example('packed', {}),
  example('maximum', { strategy: 'maximum' }),
  example('peaks', { source: sample('peaks', 48), strategy: 'longest', look: { tool: 'lengths' } }),
  example('sorted', { source: sample('peaks', 96), strategy: 'sorted', settings: { ...SETTINGS, jitter: 0.2 } }),
  example('contaminated', { block: false, look: { tool: 'contamination' } }),
  example('positions', { reset: false, look: { tool: 'map' } }),
  example('leak', { strategy: 'longest', look: { tool: 'leak' } }),
  example('left', {
    model: 'clsroom-gpt2',
    strategy: 'longest',
    settings: { ...SETTINGS, side: 'left' },
    look: { tool: 'sides' },
  }),
  example('ends', { model: 'clsroom-gpt2', strategy: 'longest', look: { tool: 'loss' } }),
  example('exact', { source: sample('uniform', 16), strategy: 'exact', settings: { ...SETTINGS, capacity: 80 } }),
]
