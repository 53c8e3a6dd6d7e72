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

type Named = Pick<Photo, 'name' | 'source'>

/**
 * A photo of one's own never leaves the machine: only a sample is named, with its crop and its paint.
 * @param pinned the run kept as A; one of a photo that is not in a link is not in it either
 */
export function encodeVision(
  doc: VisionDoc,
  photo: Named | null,
  { selection: _, ...look }: Look,
  pinned: { doc: VisionDoc; photo: Named } | null = null,
): VisionLink {
  const query = doc.sequence.tokens.findIndex((token) => token.key === look.query)
  return {
    ...encodeDocument(doc, photo),
    ...(pinned?.photo.source === 'sample' && { pinned: encodeDocument(pinned.doc, pinned.photo) }),
    look: { ...look, query: Math.max(0, query) },
  }
}

function encodeDocument(doc: VisionDoc, photo: Named | null): NonNullable<VisionLink['pinned']> {
  return {
    lab: 'vision',
    model: doc.model,
    ...(photo?.source === 'sample' && {
      sample: photo.name,
      ...(doc.crop !== CENTRE && { crop: doc.crop }),
      ...(doc.strokes.length > 0 && { strokes: doc.strokes }),
    }),
    ...(photo && photo.source !== 'sample' && { own: true as const }),
    tokens: encodeTokens(doc.sequence, doc.mask, doc.base),
    ...(doc.ablated.length > 0 && { ablated: doc.ablated }),
    positionTable: doc.positionTable,
    ...(doc.side !== null && { side: doc.side }),
  }
}
