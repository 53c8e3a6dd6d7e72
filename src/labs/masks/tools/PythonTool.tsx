import { useMemo, useState } from 'react'
import { headName } from '../../../views/maps/types.ts'
import { CopyButton } from '../../../views/primitives/CopyButton.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { MapExport } from '../../shared/MapExport.tsx'
import { mapTokens } from '../../shared/tokens.ts'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { exportedOf, maskPython, PYTHON_FORMS, type PythonForm } from '../state/python.ts'
import { cellsOf, mayRead } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { MasksToolProps } from './props.ts'

/** The mask in the three forms that people paste into Python, and as a picture or a table of the chosen layer and head. */
export default function PythonTool({ lab, run }: MasksToolProps) {
  const { look } = useLab(lab.store)
  const { layer, head } = look
  const cells = useMemo(
    () => cellsOf(mayRead(run.doc.sequence, run.doc.mask, run.info), run.tokens.length, layer, head),
    [run, layer, head],
  )
  const tokens = useMemo(() => mapTokens(run.tokens), [run])
  const [form, setForm] = useState<PythonForm>('flex')
  const code = useMemo(() => maskPython(form, exportedOf(run.doc, run.info)), [form, run])
  return (
    <Panel
      help={null}
      title={t('python')}
      lead={t(`python.${form}.lead`)}
      testId="python-tool"
      actions={
        <>
          <CopyButton small label={t('python.copy')} text={() => code} testId="copy-mask" />
          <MapExport
            title={t('board.name', { what: t('board.mask'), where: headName({ layer, head }) })}
            matrix={Float32Array.from(cells)}
            tokens={tokens}
            bound={1}
            readable={(query, key) => cells[query * tokens.length + key] === 1}
            made={madeBy(lab, run)}
          />
        </>
      }
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
