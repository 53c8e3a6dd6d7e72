/** What a run's own parts tell of an edit. */

import { DEFAULT_MASK } from '../../../sequence/mask.ts'
import type { OwnEdit } from '../../shared/edit_name.ts'
import type { PictureRun } from './state/run.ts'
import { t } from './words/words.ts'

/** A run as those who name edits know it: the mask of this lab is not painted, but chosen. */
export interface NamedRun extends Omit<PictureRun, 'doc'> {
  doc: PictureRun['doc'] & { mask: typeof DEFAULT_MASK }
}

export function named(run: PictureRun | null): NamedRun | null {
  return run && { ...run, doc: { ...run.doc, mask: DEFAULT_MASK } }
}

export const pictureEdit: OwnEdit<NamedRun> = (before, { doc, photo }) => {
  if (before.photo.picture !== photo.picture) return t('edit.photo', { photo: photo.name })
  if (before.doc.quarters !== doc.quarters) return t('edit.turned', { degrees: 90 * doc.quarters })
  if (before.doc.rim !== doc.rim)
    return doc.rim ? t('edit.rim', { colour: t(`colour.${doc.rim.colour}`) }) : t('edit.rim.off')
  return before.doc.reads === doc.reads ? null : t('edit.reads')
}
