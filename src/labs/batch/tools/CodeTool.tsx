import { useMemo } from 'react'
import { saveFile } from '../../../views/charts/save.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { CopyButton } from '../../../views/primitives/CopyButton.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { fileName, toCsv } from '../../../viz/table.ts'
import { collatorSnippet, planTable } from '../state/python.ts'
import { t } from '../words/words.ts'
import type { BatchToolProps } from './props.ts'

/** The shown batch's collator in Python, and the whole plan as a table. */
export default function CodeTool({ run }: BatchToolProps) {
  const code = useMemo(() => collatorSnippet(run), [run])
  const saveCsv = () =>
    saveFile(fileName([run.doc.model, run.doc.strategy, 'plan'], 'csv'), toCsv(planTable(run)), 'text/csv')
  return (
    <Panel
      help={null}
      title={t('tool.code')}
      lead={t('code.lead')}
      testId="code"
      actions={
        <>
          <CopyButton small label={t('code.copy')} text={() => code} testId="copy-python" />
          <Button small onClick={saveCsv} data-testid="save-plan">
            {t('code.csv')}
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
      <pre className="code" tabIndex={0} data-testid="collator">
        {code}
      </pre>
    </Panel>
  )
}
