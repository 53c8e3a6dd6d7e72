import type { Engine } from '../../state/engine.ts'
import { JobBar } from '../../views/primitives/JobBar.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { formatMs, formatPercent } from '../../viz/format.ts'
import { whole } from '../../words/numbers.ts'
import { useJob } from '../shared/useJob.ts'
import { help } from './help/help.ts'
import { nameOf, predicted, times, usefulShare } from './said.ts'
import { type Measured, MOST_MEASURED, measure } from './state/experiments/measure.ts'
import type { BatchLab } from './state/lab.ts'
import type { PlanNumbers } from './state/plan.ts'
import type { BatchRun } from './state/run.ts'
import { t } from './words/words.ts'

export interface StrategiesProps {
  lab: BatchLab
  engine: Engine
  run: BatchRun
}

/** Every strategy beside the others: what it wastes, what that should cost, and what it does cost. */
export function Strategies({ lab, engine, run }: StrategiesProps) {
  const { model, info, sequences, doc, numbers, plan, lengths } = run
  // What is measured is of the sequences and settings, whatever strategy is on screen.
  const settings = { ...doc.settings, capacity: Math.min(doc.settings.capacity, model.maxTokens) }
  const job = useJob<Measured[]>(
    (step) => measure(engine, model, info, sequences, settings, step),
    JSON.stringify([doc.model, doc.source, settings, doc.separator]),
  )
  const measured = job.status === 'done' ? (job.result ?? []) : []
  const baseline = numbers.find(({ strategy }) => strategy === 'maximum')
  const slowest = measured.find(({ strategy }) => strategy === 'maximum')
  if (!baseline) return null
  return (
    <Panel help={help('strategies')} title={t('strategies')} lead={t('strategies.lead')} testId="strategies">
      <div className="batch-side">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
        <section className="table-scroll" tabIndex={0} aria-label={t('strategies.table')}>
          <table className="table strategy-table" data-testid="strategy-table">
            <thead>
              <tr>
                <th scope="col">{t('strategy')}</th>
                <th scope="col">{t('column.useful')}</th>
                <th scope="col">{t('column.batches')}</th>
                <th scope="col" title={t('column.predicted.hint')}>
                  {t('column.predicted')}
                </th>
                <th scope="col" title={t('column.measured.hint')}>
                  {t('column.measured')}
                </th>
              </tr>
            </thead>
            <tbody>
              {numbers.map((one) => (
                <tr key={one.strategy} data-chosen={one.strategy === plan.strategy || undefined}>
                  <th scope="row">
                    <button
                      type="button"
                      className="strategy-name"
                      aria-pressed={one.strategy === plan.strategy}
                      onClick={() => lab.setStrategy(one.strategy)}
                    >
                      {nameOf(one.strategy)}
                    </button>
                  </th>
                  <td className="mono">{formatPercent(usefulShare(one))}</td>
                  <td className="mono">{whole(one.batches)}</td>
                  <td className="mono">{times(predicted(one, baseline, info))}</td>
                  <td className="mono" data-testid={`measured-${one.strategy}`}>
                    {measuredOf(one, measured, slowest)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <JobBar {...job} action={t('measure')} onStart={job.start} onStop={job.stop} testId="measure" />
        <p className="hint">
          {t('measure.lead', { count: Math.min(MOST_MEASURED, lengths.length), all: lengths.length })}
          {slowest && lengths.length > MOST_MEASURED && ` ${foretold(measured, slowest)}`}
        </p>
      </div>
    </Panel>
  )
}

function measuredOf({ strategy }: PlanNumbers, measured: readonly Measured[], slowest: Measured | undefined): string {
  const found = measured.find((one) => one.strategy === strategy)
  return found && slowest ? `${times(found.ms / slowest.ms)} · ${formatMs(found.ms)}` : '–'
}

/** The predicted ratio of what was measured, where that is not all. */
function foretold(measured: readonly Measured[], slowest: Measured): string {
  const list = measured.map(({ strategy, work }) => `${nameOf(strategy)} ${times(work / slowest.work)}`)
  return t('measure.part', { list: list.join(', ') })
}
