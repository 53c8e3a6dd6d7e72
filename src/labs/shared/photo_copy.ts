import { fetchPart } from '../../core/fetch_part.ts'
import type { Picture } from '../../loaders/image_resize.ts'

/** The copy of a picture of one's own that goes into links. What makes it may be out of reach: then there is none, and links say so. */
export async function photoCopy(picture: Picture): Promise<string | null> {
  try {
    const { copyForLink } = await fetchPart(() => import('../../loaders/image_copy.ts'))
    return await copyForLink(picture)
  } catch {
    return null
  }
}
