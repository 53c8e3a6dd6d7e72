/** Examples of the memory lab's half for pictures; each was chosen by what clsroom-vit-memory does on it. */

import type { Example } from '../../definition.ts'
import type { PictureLink } from './state/link.ts'
import { t } from './words/words.ts'

type Id = 'extension' | 'drift' | 'concatenation' | 'later' | 'blind' | 'swapped' | 'usage'

/** @param id also the key of its words */
function example(id: Id, link: Omit<PictureLink, 'lab' | 'shows' | 'model'>): Example<PictureLink> {
  return {
    id: `task-${id}`,
    title: () => t(`example.${id}`),
    look: () => t(`example.${id}.look`),
    link: { lab: 'memory', shows: 'picture', model: 'clsroom-vit-memory', ...link },
  }
}

const looking = (layer: number, asker: string, tool = '') => ({ layer, head: 'mean' as const, asker, tool })
const every = (task: string) => Array.from({ length: 4 }, (_, row) => ({ task, row }))

export const PICTURE_EXAMPLES: readonly Example<PictureLink>[] = [
  example('extension', { sample: 'fashion-7-1', look: looking(4, 'fashion') }),
  example('drift', { sample: 'airplane.jpg', oldReadsNew: true, look: looking(4, 'base') }),
  example('concatenation', {
    sample: 'digits-3-1',
    tasks: ['fashion', 'digits'],
    look: looking(4, 'digits', 'interference'),
  }),
  example('later', { sample: 'digits-5-1', look: looking(1, 'digits_extension') }),
  example('blind', { sample: 'digits-3-0', masked: every('digits'), look: looking(4, 'digits') }),
  example('swapped', { sample: 'fashion-8-1', starts: { fashion: 'other' }, look: looking(4, 'fashion', 'start') }),
  example('usage', { sample: 'fashion-1-1', look: looking(4, 'fashion', 'usage') }),
]
