/** The tokenizers lab: four ways to cut text, and where [UNK] comes from. */

import { fetchPart } from '../../core/fetch_part.ts'
import { defineWords } from '../../words/words.ts'
import type { LabDefinition } from '../definition.ts'
import type { TokenizersLab } from './state/lab.ts'
import type { TokenizersLink } from './state/link.ts'

const name = defineWords(
  'tokenizers-lab',
  { name: 'Tokenizers' },
  { ru: async () => ({ default: { name: 'Токенизаторы' } }) },
)

export const TOKENIZERS: LabDefinition<TokenizersLink, TokenizersLab> = {
  id: 'tokenizers',
  name: () => name('name'),
  needs: ['reads text', 'predicts tokens'],
  parts: async () => (await fetchPart(() => import('./parts.ts'))).default,
  view: () => import('./TokenizersLab.tsx'),
}
