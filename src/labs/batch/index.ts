/** The batch lab: what padding costs, and what sequences of one batch do to each other. */

import { fetchPart } from '../../core/fetch_part.ts'
import { defineWords } from '../../words/words.ts'
import type { LabDefinition } from '../definition.ts'
import type { BatchLab } from './state/lab.ts'
import type { BatchLink } from './state/link.ts'

const name = defineWords('batch-lab', { name: 'Batch' }, { ru: async () => ({ default: { name: 'Пакет' } }) })

export const BATCH: LabDefinition<BatchLink, BatchLab> = {
  id: 'batch',
  name: () => name('name'),
  needs: ['reads batches'],
  parts: async () => (await fetchPart(() => import('./parts.ts'))).default,
  view: () => import('./BatchLab.tsx'),
}
