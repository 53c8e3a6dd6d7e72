import { useMemo, useState } from 'react'
import { CopyButton } from '../../../views/primitives/CopyButton.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { exportedOf, maskPython, PYTHON_FORMS, type PythonForm } from '../state/python.ts'
import { t } from '../words/words.ts'
import type { MasksToolProps } from './props.ts'

/** The mask in the three forms that people paste into Python. */
export default function PythonTool({ run }: MasksToolProps) {
  const [form, setForm] = useState<PythonForm>('flex')
  const code = useMemo(() => maskPython(form, exportedOf(run.doc, run.info)), [form, run])
  return (
    <Panel
      title={t('python')}
      lead={t(`python.${form}.lead`)}
      testId="python-tool"
      actions={<CopyButton small label={t('python.copy')} text={() => code} testId="copy-mask" />}
    >
      <Segmented
        label={t('python.form')}
        small
        testId="python-form"
        value={form}
        options={PYTHON_FORMS.map((value) => ({ value, label: t(`python.${value}`) }))}
        onChange={setForm}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
      <pre className="code" tabIndex={0} data-testid="python-code">
        {code}
      </pre>
      {run.info.windows && <p className="hint">{t('python.windows')}</p>}
    </Panel>
  )
}
