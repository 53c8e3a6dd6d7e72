/** What the edit is called that a picture run shows. */

import type { PictureRun } from './state/run.ts'
import { t } from './words/words.ts'

/** @param before what the run is compared with; null: the model was opened, and nothing edited since */
export function pictureEdit(before: PictureRun | null, run: PictureRun): string {
  if (!before || before.doc.model !== run.doc.model) return t('edit.opened', { model: run.doc.model })
  const [from, to] = [before.doc, run.doc]
  if (before.photo !== run.photo) return t('edit.picture')
  if (from.tasks !== to.tasks) return t('edit.tasks')
  if (from.rows !== to.rows) return t('edit.rows')
  if (from.starts !== to.starts) return t('edit.starts')
  return t('edit.mask')
}
