/** What the Generate lab opens on, and what else its menu offers; each was chosen by measurement on the model it names. */

import type { Example } from '../definition.ts'
import type { GenerateLink } from './state/link.ts'
import { t } from './words/words.ts'

/** @param id also the key of its words */
function example(id: 'story', link: Omit<GenerateLink, 'lab' | 'model'>): Example<GenerateLink> {
  return {
    id,
    title: () => t(`example.${id}`),
    look: () => t(`example.${id}.look`),
    link: { lab: 'generate', model: 'clsroom-gpt2', ...link },
  }
}

export const EXAMPLES: readonly Example<GenerateLink>[] = [
  example('story', {
    prompt: 'Once upon a time there was a',
    look: { layer: 0, head: 'mean', selected: [] },
  }),
]
