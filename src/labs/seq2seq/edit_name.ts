/** What tells two runs of this lab apart, in the terms of a document that all labs know, and in its own. */

import type { Document } from '../../sequence/changes.ts'
import type { EditedRun, OwnEdit } from '../shared/edit_name.ts'
import type { Seq2SeqDoc } from './state/doc.ts'
import type { Seq2SeqRun } from './state/run.ts'
import { t } from './words/words.ts'

interface Edited extends EditedRun {
  doc: Document & { model: string; of: Seq2SeqDoc }
}

/** The source with the encoder's mask stands for the document; the rest is told by `seq2seqEdit`. */
export function asEdited(run: Seq2SeqRun | null): Edited | null {
  if (!run) return null
  const { doc } = run
  return { doc: { model: doc.model, sequence: doc.source, mask: doc.masks.encoder, ablated: [], of: doc } }
}

export const seq2seqEdit: OwnEdit<Edited> = ({ doc: { of: before } }, { doc: { of: after } }) => {
  if (before.target !== after.target) return t(after.target ? 'edit.given' : 'edit.written')
  if (before.masks.decoder !== after.masks.decoder) return t('edit.mask', { stage: t('stage.decoder') })
  if (before.masks.cross !== after.masks.cross) return t('edit.mask', { stage: t('stage.cross') })
  return before.states === after.states ? null : t('edit.states')
}
