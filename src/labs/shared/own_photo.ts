/** Photos of a reader's own: as files, and as the small copies that links hold. */

import { fetchPart } from '../../core/fetch_part.ts'
import type { Picture } from '../../loaders/image_resize.ts'
import type { Engine } from '../../state/engine.ts'
import { t } from './words/words.ts'

export interface OwnPhoto {
  name: string
  source: 'own'
  picture: Picture
  /** What its link holds (loaders/image_copy.ts); null where no copy is small enough. */
  copy: string | null
}

/** @throws ClsroomError `image` for what is no picture */
export async function photoOfFile(engine: Engine, file: File): Promise<OwnPhoto> {
  const picture = await engine.picture(await file.arrayBuffer())
  return { name: file.name || t('photo.own'), source: 'own', picture, copy: await copyOf(picture) }
}

/** @throws ClsroomError `image` for what no link of ours holds */
export async function photoOfCopy(engine: Engine, copy: string): Promise<OwnPhoto> {
  const { readCopy } = await fetchPart(() => import('../../loaders/image_copy.ts'))
  return { name: t('photo.own'), source: 'own', picture: await engine.picture(readCopy(copy)), copy }
}

/** What makes the copy may be out of reach: then there is none, and links say so. */
async function copyOf(picture: Picture): Promise<string | null> {
  try {
    const { copyForLink } = await fetchPart(() => import('../../loaders/image_copy.ts'))
    return await copyForLink(picture)
  } catch {
    return null
  }
}
