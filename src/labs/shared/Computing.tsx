import { editBetween } from '../../sequence/changes.ts'
import type { Sequence } from '../../sequence/token.ts'
import type { LabState } from '../../state/lab.ts'
import { t } from './words/words.ts'

interface EditedRun {
  doc: { sequence: Sequence }
}

export interface ComputingProps extends Pick<LabState, 'asked' | 'shown'> {
  /** On screen, and what it is compared with. */
  run: EditedRun | null
  before: EditedRun | null
}

/** So many tokens are named. */
const NAMED = 3

/** Stands over a stage whose run is older than the strip, and names the edit that is shown; the stylesheet waits a moment with it. */
export function Computing({ asked, shown, run, before }: ComputingProps) {
  if (asked === shown || !run) return null
  const late = asked - shown
  return (
    <p className="computing" data-testid="computing" role="status">
      <b>{t('computing', { count: late })}</b>{' '}
      {t('computing.shown', { edit: shown, of: asked, name: editName(before, run) })}
    </p>
  )
}

/** "[SEP] inserted", "3 tokens masked". */
function editName(before: EditedRun | null, run: EditedRun): string {
  const edit = before && editBetween(before.doc.sequence, run.doc.sequence)
  if (!edit) return t('edit.other')
  if (edit.type === 'typed') return t('edit.typed')
  const { tokens } = edit
  const who =
    tokens.length > NAMED
      ? t('change.also.tokens', { count: tokens.length })
      : tokens.map(({ label }) => label).join(', ')
  return t(`edit.${edit.type}`, { who })
}
