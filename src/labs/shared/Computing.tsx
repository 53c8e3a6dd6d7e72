import type { LabState } from '../../state/lab.ts'
import { type EditedRun, editName, type OwnEdit } from './edit_name.ts'
import { t } from './words/words.ts'

export interface ComputingProps<Run extends EditedRun> extends Pick<LabState, 'asked' | 'shown'> {
  /** On screen, and what it is compared with. */
  run: Run | null
  before: Run | null
  own: OwnEdit<Run>
}

/** Stands over a stage whose run is older than the strip, and names the edit that is shown; the stylesheet waits a moment with it. */
export function Computing<Run extends EditedRun>({ asked, shown, run, before, own }: ComputingProps<Run>) {
  return run && <ComputingNote asked={asked} shown={shown} edit={() => editName(before, run, own)} />
}

/** The same where runs are made of something else than tokens. @param edit what the shown edit is called; asked for when it is said */
export function ComputingNote({ asked, shown, edit }: Pick<LabState, 'asked' | 'shown'> & { edit: () => string }) {
  if (asked === shown) return null
  return (
    <p className="computing" data-testid="computing" role="status">
      <b>{t('computing', { count: asked - shown })}</b> {t('computing.shown', { edit: shown, of: asked, name: edit() })}
    </p>
  )
}
