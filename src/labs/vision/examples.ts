/** What the vision lab opens on, and what else its menu offers; each was chosen by measurement on the model it names. */

import type { Example } from '../definition.ts'
import type { VisionLink } from './state/link.ts'
import { t } from './words/words.ts'

/** Runs of places that are masked: what CLS of the shipped model reads most, or least. */
const masked = (...at: [place: number, length: number][]) => ({ states: [{ at, status: 'masked' as const }] })

const removed = (...at: [place: number, length: number][]) => ({ states: [{ at, status: 'removed' as const }] })
const drawing = (strategy: 'random' | 'block', ratio: number) => ({
  tool: 'rebuild',
  layer: 7,
  head: 'mean' as const,
  masking: { strategy, ratio, seed: 1, as: 'removed' as const },
})

/** @param id also the key of its words */
function example(
  id:
    | 'object'
    | 'most'
    | 'least'
    | 'sparse'
    | 'clearer'
    | 'positions'
    | 'registers'
    | 'untaught'
    | 'rebuilt'
    | 'block'
    | 'outside',
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
  example('rebuilt', {
    sample: 'dog.jpg',
    model: 'clsroom-mae',
    // Three quarters by lot, seed 1.
    tokens: removed(
      ...([
        [1, 4],
        [7, 2],
        [10, 3],
        [14, 2],
        [17, 9],
        [27, 2],
        [30, 6],
        [37, 2],
        [40, 4],
        [46, 7],
        [54, 1],
        [56, 4],
        [63, 2],
      ] as [number, number][]),
    ),
    look: drawing('random', 0.75),
  }),
  example('block', {
    sample: 'horse.jpg',
    model: 'clsroom-mae',
    tokens: removed([19, 4], [27, 4], [35, 4], [43, 4]),
    look: drawing('block', 0.25),
  }),
  example('outside', { sample: 'red-panda.jpg' }),
]
