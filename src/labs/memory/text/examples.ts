/** Examples of the memory lab's half for text; each was chosen by what the model it names does on it. */

import type { Example } from '../../definition.ts'
import type { TextMemoryLink } from './state/link_schema.ts'
import { t } from './words/words.ts'

/** @param id also the key of its words */
function example(
  id: 'recall',
  link: Omit<TextMemoryLink, 'lab' | 'shows' | 'model'> & { model?: string },
): Example<TextMemoryLink> {
  return {
    id: `memory-${id}`,
    title: () => t(`example.${id}`),
    look: () => t(`example.${id}.look`),
    link: { lab: 'memory', shows: 'text', model: 'clsroom-memtransformer', ...link },
  }
}

export const TEXT_EXAMPLES: readonly Example<TextMemoryLink>[] = [
  example('recall', { look: { layer: 2, head: 'mean' } }),
]
