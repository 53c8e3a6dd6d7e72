import { useState } from 'react'
import { reportOf } from '../../core/errors.ts'
import { ActionMenu } from '../primitives/ActionMenu.tsx'
import { Button } from '../primitives/Button.tsx'

export type ExportFormat = 'png' | 'svg' | 'csv' | 'json'

const NAMES: Record<ExportFormat, { label: string; hint: string }> = {
  png: { label: 'PNG', hint: 'a picture, for slides' },
  svg: { label: 'SVG', hint: 'a drawing, for print' },
  csv: { label: 'CSV', hint: 'the numbers, for a spreadsheet' },
  json: { label: 'JSON', hint: 'the numbers and the state that made them' },
}

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
      setProblem(reportOf(thrown).message)
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
        Export
      </Button>
      <ActionMenu
        label="Export"
        anchor={anchor}
        testId="export-menu"
        groups={[{ title: 'Save as', choices: formats.map((format) => ({ id: format, ...NAMES[format] })) }]}
        onClose={() => setAnchor(null)}
        onChoose={(format) => save(format as ExportFormat)}
      />
      {problem && (
        <span role="alert" className="hint">
          Not saved: {problem}
        </span>
      )}
    </>
  )
}
