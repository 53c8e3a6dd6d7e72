/** What a memory run's own parts tell of an edit. */

import type { OwnEdit } from '../../shared/edit_name.ts'
import { slotsOf } from './state/doc.ts'
import type { MemoryRun } from './state/run.ts'
import { t } from './words/words.ts'

export const memoryEdit: OwnEdit<Pick<MemoryRun, 'doc'>> = ({ doc: before }, { doc }) => {
  if (before.replaced !== doc.replaced) return t('edit.replaced')
  const [earlier, now] = [before, doc].map(({ sequence }) => slotsOf(sequence).length)
  return earlier === now ? null : t('edit.slots', { count: now ?? 0 })
}
