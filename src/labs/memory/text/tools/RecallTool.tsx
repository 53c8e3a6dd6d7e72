import { useMemo, useState } from 'react'
import { setStatus } from '../../../../sequence/edit.ts'
import { Button } from '../../../../views/primitives/Button.tsx'
import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { Segmented } from '../../../../views/primitives/Segmented.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { Chart } from '../../../shared/Chart.tsx'
import { AccuracyBars } from '../AccuracyBars.tsx'
import { accuracyTable } from '../accuracy_table.ts'
import { help } from '../help/help.ts'
import { madeBy } from '../provenance.ts'
import { ReachFigure } from '../ReachFigure.tsx'
import { type MemoryDoc, memoryOf, slotsOf, withQuadrant, withSlots, withWindow } from '../state/doc.ts'
import { t } from '../words/words.ts'
import type { MemoryToolProps } from './props.ts'
import { INPUTS, useMeasured } from './useMeasured.ts'

type Id = 'shown' | 'unread' | 'unwritten' | 'masked' | 'none' | 'no-window'

/** The task that needs memory: how far text carries, an input by lot, and how often it is solved. */
export default function RecallTool(props: MemoryToolProps) {
  const { lab, run, tokenizer } = props
  const [facts, setFacts] = useState(1)
  const [seed, setSeed] = useState(100)
  const of = useMemo(() => ({ run, facts }), [run, facts])
  const job = useMeasured<Id>(props, () => conditionsOf(run.doc, memoryOf(run.model).variant), facts, of)
  const rows = (job.result ?? []).map(({ id, ...share }) => ({
    ...share,
    name: t(`recall.${id}`),
    hint: t(`recall.${id}.hint`),
  }))
  const draw = async () => {
    try {
      const [input] = await lab.reference.inputs({ ...run.model, tokenizer }, { count: 1, seed, facts })
      setSeed(seed + 1)
      if (input) for (const [segment, text] of input.texts.entries()) lab.setText(segment, text)
    } catch (thrown) {
      lab.fail(thrown)
    }
  }
  return (
    <>
      <Panel help={null} title={t('reach.title')} lead={t('reach.lead')} testId="reach-panel">
        <ReachFigure run={run} word={(id) => tokenizer.labels[id] ?? `#${id}`} />
      </Panel>
      <Panel help={help('recall')} title={t('recall.title')} lead={t('recall.lead', { count: INPUTS })} testId="recall">
        <div className="row">
          <Segmented
            label={t('recall.facts')}
            showLabel
            small
            value={String(facts)}
            options={['1', '2', '3'].map((value) => ({ value, label: value }))}
            onChange={(value) => setFacts(Number(value))}
            testId="facts"
          />
          <Button small onClick={() => void draw()} data-testid="draw">
            {t('recall.draw')}
          </Button>
        </div>
        <JobBar {...job} action={t('measure')} onStart={job.start} onStop={job.stop} testId="recall-job" />
        {rows.length > 0 && (
          <Chart
            title={t('recall.title')}
            table={accuracyTable(rows)}
            formats={['csv', 'json']}
            made={madeBy(lab, run)}
          >
            <AccuracyBars label={t('recall.title')} rows={rows} />
          </Chart>
        )}
        <p className="hint">{t('recall.note')}</p>
      </Panel>
    </>
  )
}

/** What tells memory's part from the rest; conditions that change nothing in this document are left out. */
function conditionsOf(doc: MemoryDoc, variant: string): { id: Id; doc: MemoryDoc }[] {
  const memory = slotsOf(doc.sequence)
  const shown = { id: 'shown' as const, doc }
  const wide = { id: 'no-window' as const, doc: { ...doc, mask: withWindow(doc.mask, 0) } }
  const withoutWindow = variant === 'membottleneck' ? [] : [wide]
  if (memory.length === 0) return [shown, ...withoutWindow]
  const keys = memory.map(({ key }) => key)
  return [
    shown,
    { id: 'unread', doc: { ...doc, mask: withQuadrant(doc.mask, 'text-memory', false) } },
    { id: 'unwritten', doc: { ...doc, mask: withQuadrant(doc.mask, 'memory-text', false) } },
    { id: 'masked', doc: { ...doc, sequence: setStatus(doc.sequence, keys, 'masked') } },
    { id: 'none', doc: { ...doc, sequence: withSlots(doc.sequence, 0), replaced: null } },
    ...withoutWindow,
  ]
}
