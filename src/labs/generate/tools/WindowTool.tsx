import { useMemo, useState } from 'react'
import { LineCurve } from '../../../views/charts/LineCurve.tsx'
import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { decimal } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useOwnJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { mean } from '../state/experiments/shown.ts'
import { type WindowLosses, windowLosses } from '../state/experiments/windows.ts'
import { EditedNote } from './EditedNote.tsx'
import { rowNames, shownOf } from './experiment.ts'
import type { GenerateToolProps } from './props.ts'
import { t } from './words/words.ts'

const LEAST = 3
const MOST_FIRST = 8

/** What the loss becomes where only the newest keys are kept, without and with the first ones. */
export default function WindowTool({ lab, engine, run }: GenerateToolProps) {
  const { model, writing } = useLab(lab.store)
  const [last, setLast] = useState(4)
  const [first, setFirst] = useState(1)
  const T = run.tokens.length
  // While it writes, every token would ask anew.
  const of = useMemo(() => (writing || T < LEAST ? null : { run, last, first }), [writing, T, run, last, first])
  const job = useOwnJob<WindowLosses>(async (step) => {
    if (!model) throw new Error('a window was asked for before a model was loaded')
    return windowLosses(engine, shownOf(run, model), { last, first }, step)
  }, of)
  if (!model) return null
  if (T < LEAST) {
    return (
      <Panel help={null} title={t('window')} lead={t('window.lead')} testId="window-tool">
        <p className="hint">{t('short', { count: LEAST })}</p>
      </Panel>
    )
  }
  const names = rowNames(run)
  const losses = job.result
  // Row q predicts token q + 1, and has q + 1 keys: a window of W holds fewer from row W on.
  const beyond = (values: readonly number[]) => decimal(mean(values.slice(last)), 3)
  return (
    <Panel help={null} title={t('window')} lead={t('window.lead')} testId="window-tool">
      <div className="tool-form experiment-form">
        <Slider
          label={t('window.last')}
          min={1}
          max={Math.max(2, T)}
          value={last}
          onChange={setLast}
          testId="window-last"
        />
        <Slider
          label={t('window.first')}
          min={0}
          max={MOST_FIRST}
          value={first}
          onChange={setFirst}
          testId="window-first"
        />
      </div>
      <EditedNote run={run} />
      {job.status !== 'done' && (
        <JobBar action={t('window')} {...job} onStart={job.start} onStop={job.stop} testId="window-job" />
      )}
      {losses && losses.withFirst.length > 0 && (
        <Chart
          title={t('window.loss')}
          lead={
            last >= T - 1
              ? t('window.whole')
              : t('window.lead.loss', {
                  count: T - 1 - last,
                  last,
                  first,
                  all: beyond(losses.all),
                  window: beyond(losses.window),
                  withFirst: beyond(losses.withFirst),
                })
          }
          made={madeBy(lab, run)}
          table={{
            columns: [t('position'), ...SERIES.map((name) => t(`window.${name}`))],
            rows: losses.all.map((_, i) => [names[i + 1] ?? '', ...SERIES.map((name) => losses[name][i] as number)]),
          }}
          testId="window-figure"
        >
          <LineCurve
            name={t('window.loss')}
            xName={t('position')}
            yName={t('window.nats')}
            series={SERIES.map((name) => ({
              name: t(`window.${name}`),
              points: losses[name].flatMap((y, i) => (Number.isNaN(y) ? [] : [{ x: i + 1, y }])),
            }))}
          />
        </Chart>
      )}
    </Panel>
  )
}

const SERIES = ['window', 'withFirst', 'all'] as const
