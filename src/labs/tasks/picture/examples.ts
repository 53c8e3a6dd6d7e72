/** What the picture half opens on, and what else its menu offers. */

import type { Example } from '../../definition.ts'
import type { PictureLink } from './state/link.ts'
import { t } from './words/words.ts'

type Id = 'tasks'

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

export const PICTURE_EXAMPLES: readonly Example<PictureLink>[] = [example('tasks', { look: looking(5) })]
