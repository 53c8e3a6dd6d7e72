import type { LabState } from '../../state/lab.ts'
import { type EditedRun, editName, type OwnEdit } from './edit_name.ts'
import { t } from './words/words.ts'

export interface ComputingProps<Run extends EditedRun> extends Pick<LabState, 'asked' | 'shown'> {
  /** On screen, and what it is compared with. */
  run: Run | null
  before: Run | null
  own: OwnEdit<Run>
}

/** The note of labs whose documents are sequences of tokens. */
export function Computing<Run extends EditedRun>({ asked, shown, run, before, own }: ComputingProps<Run>) {
  return <ComputingNote asked={asked} shown={shown} edit={run && (() => editName(before, run, own))} />
}

/**
 * Stands over a stage whose run is older than the strip, and names the edit that is shown; the stylesheet waits a moment with it.
 * @param edit its name; null: there is no run on screen
 */
export function ComputingNote({
  asked,
  shown,
  edit,
}: Pick<LabState, 'asked' | 'shown'> & { edit: (() => string) | null }) {
  if (asked === shown || !edit) return null
  const late = asked - shown
  return (
    <p className="computing" data-testid="computing" role="status">
      <b>{t('computing', { count: late })}</b> {t('computing.shown', { edit: shown, of: asked, name: edit() })}
    </p>
  )
}
