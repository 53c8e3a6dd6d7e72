import { useMemo } from 'react'
import { Switch } from '../../../views/primitives/Switch.tsx'
import { formatPercent, formatValue } from '../../../viz/format.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useOwnJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { type Contamination, contamination, together } from '../state/experiments/contamination.ts'
import { t } from '../words/words.ts'
import { JobNote } from './JobNote.tsx'
import type { BatchToolProps } from './props.ts'

const WAYS = [
  { block: true, reset: true },
  { block: true, reset: false },
  { block: false, reset: true },
  { block: false, reset: false },
] as const

/** Sequences in one row, in eight ways, against each alone. */
export default function ContaminationTool({ lab, engine, run }: BatchToolProps) {
  const { look } = useLab(lab.store)
  const chosen = useMemo(() => together(run, look.row), [run, look.row])
  const of = useMemo(() => ({ run, chosen, layer: look.layer }), [run, chosen, look.layer])
  const job = useOwnJob<Contamination[]>(
    () => contamination(engine, run, chosen, look.layer),
    chosen.length > 1 ? of : null,
  )
  const cells = job.result ?? []
  const yes = (on: boolean) => t(on ? 'yes' : 'no')
  const columns = [
    t('apart.block'),
    t('apart.reset'),
    t('apart.separator'),
    t('contamination.logits'),
    t('contamination.state'),
    t('contamination.loss'),
    t('contamination.mass'),
  ]
  return (
    <Chart
      title={t('tool.contamination')}
      lead={t('contamination.lead', { names: chosen.map((number) => number + 1).join(', ') })}
      made={madeBy(lab, run)}
      formats={['csv', 'json']}
      table={{
        columns,
        rows: cells.map(({ block, reset, separator, logits, state, loss, mass }) => [
          yes(block),
          yes(reset),
          yes(separator),
          logits,
          state,
          loss,
          mass,
        ]),
      }}
      testId="contamination"
    >
      {chosen.length < 2 && <p>{t('contamination.none')}</p>}
      <JobNote job={job} />
      {cells.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys
        <section className="table-scroll" tabIndex={0} aria-label={t('tool.contamination')}>
          <table className="table contamination-table">
            <thead>
              <tr>
                <th scope="col">{t('contamination.way')}</th>
                <th scope="col">{t('contamination.with')}</th>
                <th scope="col">{t('contamination.without')}</th>
              </tr>
            </thead>
            <tbody>
              {WAYS.map(({ block, reset }) => (
                <tr key={`${block} ${reset}`}>
                  <th scope="row">
                    {t(block ? 'contamination.block' : 'contamination.open')}
                    <br />
                    {t(reset ? 'contamination.reset' : 'contamination.counted')}
                  </th>
                  {[true, false].map((separator) => {
                    const cell = cells.find(
                      (one) => one.block === block && one.reset === reset && one.separator === separator,
                    )
                    return cell && <Cell key={String(separator)} cell={cell} />
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <div className="row">
        <Switch label={t('apart.block')} checked={run.doc.block} onChange={(block) => lab.setApart({ block })} />
        <Switch label={t('apart.reset')} checked={run.doc.reset} onChange={(reset) => lab.setApart({ reset })} />
      </div>
      <p className="hint">{t('contamination.hint')}</p>
    </Chart>
  )
}

function Cell({ cell: { same, logits, state, mass } }: { cell: Contamination }) {
  return (
    <td data-same={same} data-testid="contamination-cell">
      <strong className="mono">
        {t(same ? 'contamination.same' : 'contamination.delta', { value: formatValue(logits) })}
      </strong>
      <br />
      <small>{t('contamination.more', { state: formatValue(state), mass: formatPercent(mass) })}</small>
    </td>
  )
}
