/**
 * The memory lab: a half for text and one for pictures. A half is a line in `halves`, in `HALF_OF`, in link_schema.ts, examples.ts and MemoryLab.tsx.
 * It opens on a bare link { lab, shows, model }, too.
 */

import type { ModelInfo } from '../../../engine/protocol.ts'
import { unfit } from '../../../state/capabilities.ts'
import type { Engine } from '../../../state/engine.ts'
import { createHalves } from '../../../state/halves.ts'
import { createPictureMemory } from '../picture/state/lab.ts'
import { createTextMemory } from '../text/state/lab.ts'
import type { MemoryLink } from './link.ts'

type Shows = MemoryLink['shows']

const HALF_OF: Partial<Record<ModelInfo['modality'], Shows>> = { text: 'text', image: 'picture' }

export type MemoryLab = ReturnType<typeof createMemoryLab>

/** @param baseUrl the folder the page was opened from, ending in "/" */
export function createMemoryLab(engine: Engine, baseUrl: string) {
  const halves = { text: createTextMemory(engine, baseUrl), picture: createPictureMemory(engine, baseUrl) }
  return createHalves<typeof halves, MemoryLink>(engine, {
    halves,
    first: 'text',
    needs: ['keeps memory'],
    halfFor(info) {
      const shows = HALF_OF[info.modality]
      if (shows) return shows
      throw unfit('This lab has no use for the model', info)
    },
    halfOf: ({ shows }) => shows,
    bare: (shows, model): MemoryLink => ({ lab: 'memory', shows, model }),
  })
}
