import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { Chart } from '../../../shared/Chart.tsx'
import { AccuracyBars } from '../AccuracyBars.tsx'
import { accuracyTable } from '../accuracy_table.ts'
import { madeBy } from '../provenance.ts'
import { wilson } from '../state/accuracy.ts'
import { memoryOf, withSlots } from '../state/doc.ts'
import { t } from '../words/words.ts'
import type { MemoryToolProps } from './props.ts'
import { INPUTS, useMeasured } from './useMeasured.ts'

const COUNTS = [0, 1, 2, 3, 4, 6, 8, 10, 12, 14, 16]

/** The same model with fewer memory tokens than it was trained with, and with more. */
export default function CountTool(props: MemoryToolProps) {
  const { lab, run } = props
  const { replaced: _, ...doc } = run.doc
  const job = useMeasured(
    props,
    () => COUNTS.map((id) => ({ id, doc: { ...doc, replaced: null, sequence: withSlots(doc.sequence, id) } })),
    1,
    run,
  )
  const measured = job.result ?? []
  const rows = measured.map(({ id, ...share }) => ({ ...share, name: t('count.tokens', { count: id }) }))
  // The fewest tokens that no number of them is surely better than.
  const best = Math.max(...measured.map((share) => wilson(share)[0]))
  const enough = measured.find((share) => wilson(share)[1] >= best)
  return (
    <Panel
      help={null}
      title={t('count.title')}
      lead={t('count.lead', { inputs: INPUTS, trained: memoryOf(run.model).tokens })}
      testId="count"
    >
      <JobBar {...job} action={t('measure')} onStart={job.start} onStop={job.stop} testId="count-job" />
      {rows.length > 0 && (
        <Chart title={t('count.title')} table={accuracyTable(rows)} formats={['csv', 'json']} made={madeBy(lab, run)}>
          <AccuracyBars label={t('count.title')} rows={rows} />
        </Chart>
      )}
      {job.status === 'done' && enough && measured.length === COUNTS.length && (
        <p data-testid="enough">{t('count.enough', { count: enough.id })}</p>
      )}
      <p className="hint">{t('count.note')}</p>
    </Panel>
  )
}
