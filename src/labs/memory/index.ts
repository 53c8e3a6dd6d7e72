/** The memory lab: rows beside the input that hold what was read, in text and in pictures. */

import { fetchPart } from '../../core/fetch_part.ts'
import { defineWords } from '../../words/words.ts'
import type { LabDefinition } from '../definition.ts'
import type { MemoryLab } from './state/lab.ts'
import type { MemoryLink } from './state/link.ts'

const name = defineWords('memory-lab', { name: 'Memory' }, { ru: async () => ({ default: { name: 'Память' } }) })

export const MEMORY: LabDefinition<MemoryLink, MemoryLab> = {
  id: 'memory',
  name: () => name('name'),
  needs: ['keeps memory'],
  parts: async () => (await fetchPart(() => import('./parts.ts'))).default,
  view: () => import('./MemoryLab.tsx'),
}
