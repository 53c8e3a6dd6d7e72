/** The text lab: special tokens of an encoder. */

import { fetchPart } from '../../core/fetch_part.ts'
import { defineWords } from '../../words/words.ts'
import type { LabDefinition } from '../definition.ts'
import type { TextLab } from './state/lab.ts'
import type { TextLink } from './state/link.ts'

const name = defineWords('text-lab', { name: 'Text' }, { ru: async () => ({ default: { name: 'Текст' } }) })

export const TEXT: LabDefinition<TextLink, TextLab> = {
  id: 'text',
  name: () => name('name'),
  needs: ['reads text'],
  parts: async () => (await fetchPart(() => import('./parts.ts'))).default,
  view: () => import('./TextLab.tsx'),
}
