/** How the detect lab writes its links. */

import { fetchPart } from '../../../core/fetch_part.ts'
import type { LinkFormat } from '../../../state/permalink.ts'
import type { DetectLink } from './link_schema.ts'
import type { DetectLook } from './look.ts'
import type { Query } from './queries.ts'
import type { DetectDoc, Photo } from './run.ts'

export type { DetectLink }

export const DETECT_FORMAT: LinkFormat<DetectLink> = {
  version: 1,
  schema: async () => (await fetchPart(() => import('./link_schema.ts'))).schema,
  migrations: {},
}

export function encodeDetect(
  { model, queries, closed, pieces }: DetectDoc,
  photo: Pick<Photo, 'name' | 'source' | 'copy'> | null,
  look: DetectLook,
): DetectLink {
  return {
    lab: 'detect',
    model,
    ...(photo?.source === 'sample' && { sample: photo.name }),
    // The frame of a camera is in no link: it goes as it came.
    ...(photo && photo.source !== 'sample' && { own: true as const, ...(photo.copy && { photo: photo.copy }) }),
    ...(!queries.every(isTrained) && { queries: [...queries] }),
    ...(closed.length > 0 && { closed: [...closed] }),
    ...(pieces.length > 0 && { pieces: [...pieces] }),
    look,
  }
}

/** More queries than were trained are copies: they start otherwise. */
function isTrained({ of, start, status }: Query, place: number): boolean {
  return of === place && start === 'trained' && status === 'read'
}

/** A picture of one's own that is not in the link. */
export function isPhotoAbsent({ own, sample, photo }: DetectLink): boolean {
  return !!own && sample === undefined && photo === undefined
}
