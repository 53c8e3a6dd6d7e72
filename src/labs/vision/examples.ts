/** What the vision lab opens on, and what else its menu offers; each was chosen by measurement on the model it names. */

import type { Example } from '../definition.ts'
import type { VisionLink } from './state/link.ts'
import { t } from './words/words.ts'

export const EXAMPLES: readonly Example<VisionLink>[] = [
  {
    id: 'bird',
    title: () => t('example.bird'),
    look: () => t('example.bird.look'),
    link: { lab: 'vision', model: 'clsroom-vit-registers', sample: 'bird.jpg' },
  },
]
