/** What a run's own parts tell of an edit. */

import type { OwnEdit } from '../shared/edit_name.ts'
import type { MasksRun } from './state/run.ts'
import { t } from './words/words.ts'

export const masksEdit: OwnEdit<MasksRun> = ({ doc: before }, { doc }) => {
  if (before.texts.length < doc.texts.length) return t('edit.text.added')
  return before.texts.length > doc.texts.length ? t('edit.text.removed') : null
}
