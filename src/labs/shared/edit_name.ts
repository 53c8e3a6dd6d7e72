/** What an edit is called, in a few words: "[SEP] inserted", "2 cells of the mask painted", "head 3 of layer 1 off". */

import { type Document, documentEdit } from '../../sequence/changes.ts'
import { t } from './words/words.ts'

export interface EditedRun {
  doc: Document & { model: string }
}

/** What a lab's own parts of a document (its photo, its texts) tell of an edit; null: nothing. */
export type OwnEdit<Run extends EditedRun> = (before: Run, run: Run) => string | null

/** So many tokens or heads are named. */
const NAMED = 3

/** @param before what the run is compared with; null: the model was opened, and nothing edited since */
export function editName<Run extends EditedRun>(before: Run | null, run: Run, own: OwnEdit<Run>): string {
  if (!before || before.doc.model !== run.doc.model) return t('edit.opened', { model: run.doc.model })
  return own(before, run) ?? nameOf(before.doc, run.doc)
}

function nameOf(before: Document, after: Document): string {
  const edit = documentEdit(before, after)
  if (!edit) return t('edit.other')
  switch (edit.type) {
    case 'typed':
    case 'positions':
    case 'segments':
    case 'rules':
    case 'inverted':
      return t(`edit.${edit.type}`)
    case 'painted':
      return t('edit.painted', { count: edit.cells })
    case 'off':
    case 'on':
      return t(`edit.${edit.type}`, { who: headNames(edit.heads) })
    default:
      return t(`edit.${edit.type}`, { who: tokenNames(edit.tokens) })
  }
}

function tokenNames(tokens: readonly { label: string }[]): string {
  if (tokens.length > NAMED) return t('change.also.tokens', { count: tokens.length })
  return tokens.map(({ label }) => label).join(', ')
}

function headNames(heads: readonly (readonly [layer: number, head: number])[]): string {
  if (heads.length > NAMED) return t('edit.heads', { count: heads.length })
  return heads.map(([layer, head]) => t('edit.head', { layer: layer + 1, head: head + 1 })).join(', ')
}
