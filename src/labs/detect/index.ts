/** The detect lab: detection tokens and object queries, tokens that hold answers. */

import { fetchPart } from '../../core/fetch_part.ts'
import { defineWords } from '../../words/words.ts'
import type { LabDefinition } from '../definition.ts'
import type { DetectLab } from './state/lab.ts'
import type { DetectLink } from './state/link.ts'

const name = defineWords('detect-lab', { name: 'Detect' }, { ru: async () => ({ default: { name: 'Детекция' } }) })

export const DETECT: LabDefinition<DetectLink, DetectLab> = {
  id: 'detect',
  name: () => name('name'),
  needs: ['detects objects'],
  parts: async () => (await fetchPart(() => import('./parts.ts'))).default,
  view: () => import('./DetectLab.tsx'),
}
