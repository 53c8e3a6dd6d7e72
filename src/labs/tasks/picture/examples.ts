/** What the picture half opens on, and what else its menu offers. */

import { classLabel } from '../../../sequence/patches.ts'
import type { Example } from '../../definition.ts'
import type { PictureLink } from './state/link.ts'
import { t } from './words/words.ts'

type Id =
  | 'tasks'
  | 'turned'
  | 'rim'
  | 'apart'
  | 'isolated'
  | 'removed'
  | 'probe'
  | 'pooling'
  | 'copies'
  | 'single'
  | 'nobody'

/** @param id also the key of its words */
function example(id: Id, link: Omit<PictureLink, 'lab' | 'half' | 'model'> & { model?: string }): Example<PictureLink> {
  return {
    id,
    title: () => t(`example.${id}`),
    look: () => t(`example.${id}.look`),
    link: { lab: 'tasks', half: 'picture', model: 'clsroom-vit-tasks', sample: 'automobile.jpg', ...link },
  }
}

const looking = (layer: number, rest: Partial<NonNullable<PictureLink['look']>> = {}) => ({
  layer,
  head: 'mean' as const,
  ...rest,
})

export const PICTURE_EXAMPLES: readonly Example<PictureLink>[] = [
  example('tasks', { look: looking(5) }),
  example('turned', { sample: 'horse.jpg', quarters: 2, look: looking(5, { query: 2 }) }),
  example('rim', { sample: 'dog.jpg', rim: { colour: 'blue', strength: 1 }, look: looking(0, { query: 1 }) }),
  example('apart', { sample: 'ship.jpg', look: looking(5, { tool: 'alike' }) }),
  example('isolated', { among: 'own', patchesBlind: true, look: looking(5, { tool: 'reads' }) }),
  example('removed', {
    tokens: { states: [{ at: [[1, 1]], status: 'removed' }] },
    look: looking(5, { tool: 'gone' }),
  }),
  example('probe', { look: looking(5, { tool: 'probe' }) }),
  example('pooling', { sample: 'bird.jpg', look: looking(5, { tool: 'pooling' }) }),
  example('copies', {
    tokens: {
      strip: [
        [0, 1],
        [{ kind: 'cls', id: 0, label: classLabel('object') }, 1],
        [1, 66],
      ],
    },
    look: looking(5, { tool: 'alike' }),
  }),
  example('single', { model: 'clsroom-vit-tasks-single', quarters: 1, look: looking(5, { tool: 'twin' }) }),
  example('nobody', { tokens: { states: [{ at: [[0, 3]], status: 'removed' }] }, look: looking(5) }),
]
