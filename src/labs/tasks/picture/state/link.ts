/** How the picture half writes its links. */

import { DEFAULT_MASK } from '../../../../sequence/mask.ts'
import { encodeTokens } from '../../../../sequence/serialise.ts'
import type { PictureLink } from './link_schema.ts'
import type { PictureLook } from './look.ts'
import type { Photo, PictureDoc } from './run.ts'

export type { PictureLink }

export function encodePicture(
  { model, sequence, base, quarters, rim, reads, ablated }: PictureDoc,
  photo: Pick<Photo, 'name' | 'source' | 'copy'> | null,
  { selection: _, query: key, ...look }: PictureLook,
): PictureLink {
  const query = sequence.tokens.findIndex((token) => token.key === key)
  return {
    lab: 'tasks',
    half: 'picture',
    model,
    ...(photo?.source === 'sample' && { sample: photo.name }),
    ...(photo?.source === 'own' && { own: true as const, ...(photo.copy && { photo: photo.copy }) }),
    tokens: encodeTokens(sequence, DEFAULT_MASK, base),
    ...(quarters > 0 && { quarters }),
    ...(rim && { rim }),
    ...(reads.among !== 'all' && { among: reads.among }),
    ...(reads.patchesBlind && { patchesBlind: true as const }),
    ...(ablated.length > 0 && { ablated }),
    look: { ...look, query: Math.max(0, query) },
  }
}

/** A picture of one's own that is not in the link. */
export function isPhotoAbsent({ own, sample, photo }: PictureLink): boolean {
  return !!own && sample === undefined && photo === undefined
}
