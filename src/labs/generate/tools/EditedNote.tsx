import { isEdited } from './experiment.ts'
import type { GenerateToolProps } from './props.ts'
import { t } from './words/words.ts'

/** Said where the strip was edited in ways that a tool's own runs leave out. */
export function EditedNote({ run }: Pick<GenerateToolProps, 'run'>) {
  return (
    isEdited(run) && (
      <p className="hint" data-testid="edited-note">
        {t('edited')}
      </p>
    )
  )
}
