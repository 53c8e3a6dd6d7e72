import { useMemo } from 'react'
import { HeatGrid } from '../../../../views/charts/HeatGrid.tsx'
import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { shareBound } from '../../../../viz/bounds.ts'
import { formatPercent } from '../../../../viz/format.ts'
import { decimal } from '../../../../words/numbers.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { useOwnJob } from '../../../shared/useJob.ts'
import { useLab } from '../../../shared/useLab.ts'
import { className, clsName, headName, memoryName } from '../class_name.ts'
import { help } from '../help/help.ts'
import { madeBy } from '../provenance.ts'
import { type RowEffect, rowEffects, usage } from '../state/measure.ts'
import { BASE } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { PictureToolProps } from './props.ts'

/** What the chosen task's class token reads of each memory row, by layer; beside it what masking the row does to its answer. */
export default function UsageTool({ lab, engine, run }: PictureToolProps) {
  const { look } = useLab(lab.store)
  const task = look.asker === BASE ? (run.tasks[0]?.name ?? '') : look.asker
  const rows = run.tasks.find(({ name }) => name === task)?.rows ?? 0
  const of = useMemo(() => (rows > 0 ? { run, task } : null), [run, task, rows])
  const effects = useOwnJob<RowEffect[]>((step) => rowEffects(engine, run, task, step), of)
  const used = useMemo(() => usage(run, task), [run, task])
  if (rows === 0) return <p className="hint">{t('usage.none')}</p>
  const names = Array.from({ length: rows }, (_, row) => memoryName(task, row))
  const layers = used.map((_, layer) => t('layer.one', { layer: layer + 1 }))
  const now = run.answers.find(({ head }) => head === task)
  return (
    <>
      <Panel help={null} title={t('usage.title', { cls: clsName(task) })} lead={t('usage.lead')} testId="usage">
        <Chart
          title={t('usage.chart')}
          made={madeBy(lab, run)}
          formats={['csv', 'json']}
          table={{
            columns: [t('usage.row'), ...layers],
            rows: names.map((name, row) => [name, ...used.map((layer) => layer[row] as number)]),
          }}
        >
          <HeatGrid
            name={t('usage.lead')}
            rows={names}
            columns={layers}
            values={names.flatMap((_, row) => used.map((layer) => layer[row] as number))}
            bound={shareBound(look.fit, ...used)}
            format={formatPercent}
            selected={null}
          />
        </Chart>
      </Panel>
      <Panel
        help={help('causal')}
        title={t('causal.title', { head: headName(task), label: className(now?.labels[now.best] ?? '') })}
        lead={t('causal.lead')}
        testId="causal"
      >
        {effects.status === 'running' && (
          <JobBar {...effects} action={t('causal.run')} onStart={effects.start} onStop={effects.stop} />
        )}
        {effects.result && (
          <table className="box-table" data-testid="causal-table">
            <thead>
              <tr>
                <th scope="col">{t('causal.masked')}</th>
                <th scope="col">{t('causal.share')}</th>
                <th scope="col">{t('causal.logit')}</th>
                <th scope="col">{t('causal.probability')}</th>
                <th scope="col">{t('causal.says')}</th>
              </tr>
            </thead>
            <tbody>
              {effects.result.map(({ row, share, logit, probability, says }) => (
                <tr key={row ?? 'all'} data-testid={row === null ? 'causal-all' : undefined}>
                  <th scope="row">{row === null ? t('causal.all') : memoryName(task, row)}</th>
                  <td className="mono">{formatPercent(share)}</td>
                  <td className="mono">{logit.map((value) => decimal(value, 2)).join(' → ')}</td>
                  <td className="mono">{probability.map(formatPercent).join(' → ')}</td>
                  <td>{className(says)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
    </>
  )
}
