/** What a vision run's own parts tell of an edit. */

import type { OwnEdit } from '../shared/edit_name.ts'
import type { VisionRun } from './state/run.ts'
import { t } from './words/words.ts'

type Seen = Pick<VisionRun, 'doc'> & { photo: Pick<VisionRun['photo'], 'name' | 'source' | 'picture'> }

export const visionEdit: OwnEdit<Seen> = (before, { doc, photo }) => {
  if (isOther(before.photo, photo)) return t('edit.photo', { photo: photo.name })
  if (before.doc.side !== doc.side) return t('edit.side')
  if (JSON.stringify(before.doc.crop) !== JSON.stringify(doc.crop)) return t('edit.crop')
  if (before.doc.strokes.length < doc.strokes.length) return t('edit.stroke')
  if (before.doc.strokes !== doc.strokes && before.doc.strokes.length > 0) return t('edit.stroke.back')
  const tables = [before.doc.positionTable, doc.positionTable].map((table) => JSON.stringify(table))
  return tables[0] === tables[1] ? null : t('edit.positions')
}

/** Every frame of a camera is another picture of the same photo. */
function isOther(before: Seen['photo'], now: Seen['photo']): boolean {
  if (before.source === 'camera' && now.source === 'camera') return false
  return before.picture !== now.picture
}
