/** How the vision lab writes its links. */

import { fetchPart } from '../../../core/fetch_part.ts'
import { CENTRE } from '../../../loaders/image_crop.ts'
import { encodeTokens } from '../../../sequence/serialise.ts'
import type { LinkFormat } from '../../../state/permalink.ts'
import type { VisionLink } from './link_schema.ts'
import type { Photo, VisionDoc } from './run.ts'

export type { VisionLink }

export const VISION_FORMAT: LinkFormat<VisionLink> = {
  version: 1,
  schema: async () => (await fetchPart(() => import('./link_schema.ts'))).schema,
  migrations: {},
}

/** A look as the lab has it: its query is the key of a token. */
type Look = NonNullable<VisionLink['look']> & { query: number; selection?: readonly number[] }

type Named = Pick<Photo, 'name' | 'source' | 'copy'>
type Pinned = NonNullable<VisionLink['pinned']>

/** @param pinned the run that is kept, and the photo that it was made of */
export function encodeVision(
  doc: VisionDoc,
  photo: Named | null,
  { selection: _, ...look }: Look,
  pinned: { doc: VisionDoc; photo: Named } | null = null,
): VisionLink {
  const query = doc.sequence.tokens.findIndex((token) => token.key === look.query)
  return {
    ...encodeDocument(doc, photo),
    ...(pinned && { pinned: encodePinned(pinned, photo) }),
    look: { ...look, query: Math.max(0, query) },
  }
}

/** Where a photo of one's own is pinned and shown, one copy of it serves both. */
function encodePinned({ doc, photo }: { doc: VisionDoc; photo: Named }, shown: Named | null): Pinned {
  const { photo: copy, ...link } = encodeDocument(doc, photo)
  if (!copy) return link
  return copy === shown?.copy ? { ...link, same: true } : { ...link, photo: copy }
}

function encodeDocument(doc: VisionDoc, photo: Named | null): Omit<Pinned, 'same'> {
  const held = photo && photoOf(photo)
  return {
    lab: 'vision',
    model: doc.model,
    ...held,
    ...(isHeld(held) && {
      ...(doc.crop !== CENTRE && { crop: doc.crop }),
      ...(doc.strokes.length > 0 && { strokes: doc.strokes }),
    }),
    tokens: encodeTokens(doc.sequence, doc.mask, doc.base),
    ...(doc.ablated.length > 0 && { ablated: doc.ablated }),
    positionTable: doc.positionTable,
    ...(doc.maskToken && doc.maskToken.type !== 'trained' && { maskToken: doc.maskToken }),
    ...(doc.side !== null && { side: doc.side }),
  }
}

/** A sample by its name, a photo of one's own as a small copy. The frame of a camera is in no link: it goes as it came. */
function photoOf({ name, source, copy }: Named): Pick<Pinned, 'sample' | 'own' | 'photo'> {
  if (source === 'sample') return { sample: name }
  return { own: true, ...(source === 'own' && copy && { photo: copy }) }
}

/** Whether the photo itself is in the link: what was cropped and painted belongs to it. */
function isHeld(link: Pick<Pinned, 'sample' | 'photo' | 'same'> | null): boolean {
  return !!link && (link.sample !== undefined || link.photo !== undefined || !!link.same)
}

/** A PNG (its signature, in base64url): the photo itself, and not a smaller copy. */
export function isWhole(copy: string): boolean {
  return copy.startsWith('iVBORw0KGgo')
}

/** What of a link's photos is not in it. */
export function absentFrom({ own, sample, photo, pinned }: VisionLink): 'photo' | 'pinned' | 'both' | null {
  const withoutPhoto = !!own && sample === undefined && photo === undefined
  const withoutPinned = !!pinned && !isHeld(pinned)
  if (withoutPhoto) return withoutPinned ? 'both' : 'photo'
  return withoutPinned ? 'pinned' : null
}
