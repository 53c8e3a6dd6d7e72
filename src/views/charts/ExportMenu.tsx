import { useState } from 'react'
import { reportOf } from '../../core/errors.ts'
import { saidInFull } from '../../words/errors.ts'
import { ActionMenu } from '../primitives/ActionMenu.tsx'
import { Button } from '../primitives/Button.tsx'
import type { MenuChoice } from '../primitives/menu.ts'
import { t } from '../words/words.ts'

export type ExportFormat = 'png' | 'svg' | 'csv' | 'json'

export interface ExportMenuProps {
  /** All four by default. */
  formats?: readonly ExportFormat[]
  /** A failure is shown beside the button. */
  onExport: (format: ExportFormat) => Promise<void>
}

/** A button that asks in which format a chart or a map is to be saved. */
export function ExportMenu({ formats = ['png', 'svg', 'csv', 'json'], onExport }: ExportMenuProps) {
  const [anchor, setAnchor] = useState<Element | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const save = async (format: ExportFormat) => {
    setProblem(null)
    try {
      await onExport(format)
    } catch (thrown) {
      setProblem(saidInFull(reportOf(thrown)))
    }
  }
  return (
    <>
      <Button
        small
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        data-testid="export"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {t('export')}
      </Button>
      <ActionMenu
        label={t('export')}
        anchor={anchor}
        testId="export-menu"
        groups={[{ title: t('export.as'), choices: formats.map(choiceOf) }]}
        onClose={() => setAnchor(null)}
        onChoose={(format) => save(format as ExportFormat)}
      />
      {problem && (
        <span role="alert" className="hint">
          {t('export.failed', { problem })}
        </span>
      )}
    </>
  )
}

function choiceOf(format: ExportFormat): MenuChoice {
  return { id: format, label: format.toUpperCase(), hint: t(`export.${format}`) }
}
