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

type Named = Pick<Photo, 'name' | 'source' | 'copy'>

/** @param pinned the run that is kept, and the picture that it was made of */
export function encodeDetect(
  doc: DetectDoc,
  photo: Named | null,
  look: DetectLook,
  pinned: { doc: DetectDoc; photo: Named } | null = null,
): DetectLink {
  return {
    lab: 'detect',
    ...encodeDocument(doc, photo),
    ...(pinned && { pinned: encodePinned(pinned, photo) }),
    look,
  }
}

/** A picture of one's own is in a link once at most: of the pinned run only where it is the one that is shown. */
function encodePinned({ doc, photo }: { doc: DetectDoc; photo: Named }, shown: Named | null) {
  const { photo: copy, ...link } = encodeDocument(doc, photo)
  return copy !== undefined && copy === shown?.copy ? { ...link, same: true as const } : link
}

function encodeDocument({ model, queries, closed, pieces }: DetectDoc, photo: Named | null) {
  return {
    model,
    ...(photo?.source === 'sample' && { sample: photo.name }),
    // The frame of a camera is in no link: it goes as it came.
    ...(photo && photo.source !== 'sample' && { own: true as const, ...(photo.copy && { photo: photo.copy }) }),
    ...(!queries.every(isTrained) && { queries: [...queries] }),
    ...(closed.length > 0 && { closed: [...closed] }),
    ...(pieces.length > 0 && { pieces: [...pieces] }),
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
