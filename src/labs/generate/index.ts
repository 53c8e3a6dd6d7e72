/** The Generate lab: a causal decoder goes on from what is there. */

import { fetchPart } from '../../core/fetch_part.ts'
import { defineWords } from '../../words/words.ts'
import type { LabDefinition } from '../definition.ts'
import type { GenerateLab } from './state/lab.ts'
import type { GenerateLink } from './state/link.ts'

const name = defineWords('generate-lab', { name: 'Generate' }, { ru: async () => ({ default: { name: 'Генерация' } }) })

export const GENERATE: LabDefinition<GenerateLink, GenerateLab> = {
  id: 'generate',
  name: () => name('name'),
  needs: ['continues text'],
  parts: async () => (await fetchPart(() => import('./parts.ts'))).default,
  view: () => import('./GenerateLab.tsx'),
}
