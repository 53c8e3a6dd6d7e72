/** What a text run's own parts tell of an edit. */

import type { OwnEdit } from '../shared/edit_name.ts'
import type { TextRun } from './state/run.ts'
import { t } from './words/words.ts'

export const textEdit: OwnEdit<Pick<TextRun, 'doc'>> = ({ doc: before }, { doc }) => {
  if (before.format !== doc.format) return t('edit.format')
  if (before.texts.length < doc.texts.length) return t('edit.segment.added')
  if (before.texts.length > doc.texts.length) return t('edit.segment.removed')
  return before.truncation === doc.truncation ? null : t('edit.truncation')
}
