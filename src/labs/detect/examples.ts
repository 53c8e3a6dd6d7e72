/** What the detect lab opens on, and what else its menu offers. */

import type { Example } from '../definition.ts'
import type { DetectLink } from './state/link.ts'
import { PAPER_WEIGHTS } from './state/matching.ts'
import { t } from './words/words.ts'

type Id = 'scene' | 'path' | 'apart' | 'blind' | 'object-queries' | 'windows' | 'zeros' | 'matching' | 'unmet' | 'moved'

/** @param id also the key of its words */
function example(id: Id, link: Omit<DetectLink, 'lab' | 'model'> & { model?: string }): Example<DetectLink> {
  return {
    id,
    title: () => t(`example.${id}`),
    look: () => t(`example.${id}.look`),
    link: { lab: 'detect', model: 'clsroom-yolos', sample: 'scene-05.png', ...link },
  }
}

const zeros = Array.from({ length: 8 }, (_, of) => ({ of, start: 'zeros' as const, status: 'read' as const }))
const looking = (layer: number, rest: Partial<NonNullable<DetectLink['look']>> = {}) => ({
  layer,
  head: 'mean' as const,
  ...rest,
})

export const EXAMPLES: readonly Example<DetectLink>[] = [
  example('scene', { look: looking(5, { query: 3 }) }),
  example('path', { sample: 'scene-01.png', look: looking(5, { path: true }) }),
  example('apart', { closed: ['det-det'], look: looking(5, { tool: 'masks' }) }),
  example('blind', { closed: ['det-patch'], look: looking(5, { tool: 'masks' }) }),
  example('object-queries', { model: 'clsroom-detr', look: looking(2) }),
  example('windows', { model: 'clsroom-vidt', look: looking(7, { tool: 'masks', path: true }) }),
  example('zeros', { queries: zeros, look: looking(5, { tool: 'queries' }) }),
  example('matching', { sample: 'scene-03.png', look: looking(5, { tool: 'matching', weights: PAPER_WEIGHTS }) }),
  example('unmet', { sample: 'scene-06.png', look: looking(5, { truth: true }) }),
  example('moved', {
    sample: 'scene-02.png',
    pieces: [{ drawing: 0, variant: 0, x: 0.75, y: 0.5, size: 0.4 }],
    look: looking(5, { tool: 'scene' }),
  }),
]
