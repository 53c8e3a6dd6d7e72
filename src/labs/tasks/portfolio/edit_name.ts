/** What a run's own parts tell of an edit. */

import { DEFAULT_MASK } from '../../../sequence/mask.ts'
import type { OwnEdit } from '../../shared/edit_name.ts'
import type { PortfolioRun } from './state/run.ts'
import { t } from './words/words.ts'

/** A run as those who name edits know it: nothing paints a mask here. */
export interface NamedRun extends Omit<PortfolioRun, 'doc'> {
  doc: PortfolioRun['doc'] & { mask: typeof DEFAULT_MASK }
}

export function named(run: PortfolioRun | null): NamedRun | null {
  return run && { ...run, doc: { ...run.doc, mask: DEFAULT_MASK } }
}

export const portfolioEdit: OwnEdit<NamedRun> = (before, { doc, market }) => {
  if (before.market !== market) return t('edit.market', { name: market.name })
  if (before.doc.day !== doc.day) return t('edit.day', { date: market.table.dates[doc.day] ?? '' })
  if (before.doc.shocks !== doc.shocks) return t('edit.shock', { count: doc.shocks.length })
  if (before.doc.leaves !== doc.leaves)
    return t(doc.leaves === 'portfolio' ? 'edit.leaves.portfolio' : 'edit.leaves.sequence')
  return null
}
