/** The vision lab: patches, the visual CLS and registers. */

import { fetchPart } from '../../core/fetch_part.ts'
import { defineWords } from '../../words/words.ts'
import type { LabDefinition } from '../definition.ts'
import type { VisionLab } from './state/lab.ts'
import type { VisionLink } from './state/link.ts'

const name = defineWords('vision-lab', { name: 'Vision' }, { ru: async () => ({ default: { name: 'Зрение' } }) })

export const VISION: LabDefinition<VisionLink, VisionLab> = {
  id: 'vision',
  name: () => name('name'),
  needs: ['sees pictures'],
  parts: async () => (await fetchPart(() => import('./parts.ts'))).default,
  view: () => import('./VisionLab.tsx'),
}
