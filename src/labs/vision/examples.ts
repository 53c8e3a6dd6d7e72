/** What the vision lab opens on, and what else its menu offers; each was chosen by measurement on the model it names. */

import type { Example } from '../definition.ts'
import type { VisionLink } from './state/link.ts'
import { t } from './words/words.ts'

/** Runs of places that are masked: what CLS of the shipped model reads most, or least. */
const masked = (...at: [place: number, length: number][]) => ({ states: [{ at, status: 'masked' as const }] })

/** @param id also the key of its words */
function example(
  id: 'object' | 'most' | 'least' | 'sparse' | 'clearer' | 'positions' | 'registers' | 'untaught' | 'outside',
  link: Omit<VisionLink, 'lab' | 'model'> & { model?: string },
): Example<VisionLink> {
  return {
    id,
    title: () => t(`example.${id}`),
    look: () => t(`example.${id}.look`),
    link: { lab: 'vision', model: 'clsroom-vit-registers', look: { layer: 5, head: 'mean' }, ...link },
  }
}

export const EXAMPLES: readonly Example<VisionLink>[] = [
  example('object', { sample: 'automobile.jpg' }),
  example('most', { sample: 'automobile.jpg', tokens: masked([31, 1], [37, 8], [46, 7]) }),
  example('least', { sample: 'automobile.jpg', tokens: masked([5, 18], [27, 3], [36, 1], [53, 2], [60, 5], [66, 3]) }),
  example('sparse', {
    sample: 'dog.jpg',
    tokens: masked([5, 18], [27, 3], [35, 4], [43, 4], [48, 1], [51, 18]),
  }),
  example('clearer', { sample: 'truck.jpg', tokens: masked([5, 26], [36, 3], [45, 2], [52, 17]) }),
  example('positions', { sample: 'automobile.jpg', positionTable: { type: 'off' } }),
  example('registers', { sample: 'dog.jpg', tokens: masked([1, 4]) }),
  example('untaught', { sample: 'dog.jpg', model: 'clsroom-vit-large-registers', look: { layer: 7, head: 'mean' } }),
  example('outside', { sample: 'red-panda.jpg' }),
]
