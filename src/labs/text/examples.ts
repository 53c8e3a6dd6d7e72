/** What the text lab opens on, and what else its menu offers; each was chosen by measurement on the model it names. */

import type { Example } from '../definition.ts'
import type { TextLink } from './state/link.ts'
import { t } from './words/words.ts'

const MASK = { kind: 'mask' as const, id: 4, label: '[MASK]' }

export const EXAMPLES: readonly Example<TextLink>[] = [
  {
    id: 'pair',
    title: () => t('example.pair'),
    look: () => t('example.pair.look'),
    link: {
      lab: 'text',
      model: 'clsroom-bert',
      texts: ['The movie was excellent.', 'The actors were great.'],
      tokens: { states: [{ at: [[8, 1]], replacement: MASK }] },
      look: { layer: 2, head: 'mean', selected: [8] },
    },
  },
]
