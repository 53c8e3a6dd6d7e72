/** The mask studio: who may read whom, written, painted, and run. */

import { fetchPart } from '../../core/fetch_part.ts'
import { defineWords } from '../../words/words.ts'
import type { LabDefinition } from '../definition.ts'
import type { MasksLab } from './state/lab.ts'
import type { MasksLink } from './state/link.ts'

const name = defineWords('masks-lab', { name: 'Masks' }, { ru: async () => ({ default: { name: 'Маски' } }) })

export const MASKS: LabDefinition<MasksLink, MasksLab> = {
  id: 'masks',
  name: () => name('name'),
  needs: ['one stack of text'],
  parts: async () => (await fetchPart(() => import('./parts.ts'))).default,
  view: () => import('./MasksLab.tsx'),
}
