import { patchCount } from '../../../../sequence/patches.ts'
import { LineCurve } from '../../../../views/charts/LineCurve.tsx'
import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { formatBytes, formatMs } from '../../../../viz/format.ts'
import { registerCost } from '../../../../viz/register_cost.ts'
import { decimal, whole } from '../../../../words/numbers.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { useJob } from '../../../shared/useJob.ts'
import { madeBy } from '../../provenance.ts'
import { measureRegisters, medianOf, type RegisterTimes } from '../../state/register_times.ts'
import { t } from '../../words/words.ts'
import type { VisionToolProps } from '../props.ts'

const COUNTS = [0, 1, 2, 4, 8, 16] as const
/** The columns on screen, and those of the saved table, whose numbers are bare. */
const SHOWN = [
  'cost.registers',
  'cost.tokens',
  'cost.parameters',
  'cost.operations',
  'cost.memory',
  'cost.time',
] as const
const TABLE = [
  'cost.registers',
  'cost.tokens',
  'cost.parameters',
  'cost.flops',
  'cost.bytes',
  'cost.median',
  'cost.forwards',
] as const

/** Parameters, operations and memory by count, from the model's shapes; time, measured here. */
export function RegisterCost({ lab, engine, run }: VisionToolProps) {
  const job = useJob<RegisterTimes>((step) => measureRegisters(engine, run, COUNTS, step), run.model.id)
  const { info } = run.model
  const patches = patchCount(run.grid)
  const costs = COUNTS.map((count) =>
    registerCost({ ...info, patch: info.image?.patch ?? 1, channels: info.image?.channels ?? 3, patches }, count),
  )
  const times = COUNTS.map((_, i) => medianOf(job.result?.samples[i] ?? []))
  const measured = times.some((time) => !Number.isNaN(time))
  const clock = t(job.result?.clock === 'gpu' ? 'cost.gpu' : 'cost.wall')
  const base = costs[0]?.flops ?? 1
  return (
    <>
      <Chart
        title={t('cost.title')}
        lead={t('cost.lead', { patches, layers: info.layers })}
        made={madeBy(lab, run)}
        table={{
          columns: TABLE.map((column) => t(column)),
          rows: COUNTS.map((count, i) => [
            count,
            1 + count + patches,
            costs[i]?.parameters ?? 0,
            costs[i]?.flops ?? 0,
            costs[i]?.bytes ?? 0,
            Number.isNaN(times[i]) ? '' : (times[i] as number),
            job.result?.samples[i]?.length ?? 0,
          ]),
        }}
        testId="cost-chart"
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
        <section className="table-scroll" tabIndex={0} aria-label={t('cost.title')}>
          <table className="table mono" data-testid="cost-table">
            <thead>
              <tr>
                {SHOWN.map((column) => (
                  <th key={column} scope="col">
                    {t(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {COUNTS.map((count, i) => {
                const cost = costs[i]
                const time = times[i] ?? Number.NaN
                return (
                  cost && (
                    <tr key={count}>
                      <th scope="row">{count}</th>
                      <td>{1 + count + patches}</td>
                      <td>+{whole(cost.parameters)}</td>
                      <td>
                        {count > 0
                          ? t('cost.more', {
                              operations: millions(cost.flops),
                              percent: decimal((cost.flops / base - 1) * 100, 1),
                            })
                          : millions(cost.flops)}
                      </td>
                      <td>{formatBytes(cost.bytes)}</td>
                      <td>{Number.isNaN(time) ? '–' : formatMs(time)}</td>
                    </tr>
                  )
                )
              })}
            </tbody>
          </table>
        </section>
      </Chart>
      <JobBar action={t('cost.measure')} {...job} onStart={job.start} onStop={job.stop} testId="measure-registers" />
      {measured && (
        <>
          <p className="hint">
            {t('cost.measured', {
              clock,
              count: Math.min(...(job.result?.samples.map((one) => one.length) ?? [0])),
              device: run.result.backend.adapter || t('cost.device'),
            })}
          </p>
          <LineCurve
            name={t('cost.curve')}
            xName={t('cost.registers')}
            yName={t('cost.median')}
            series={[
              {
                name: t('cost.time'),
                points: COUNTS.flatMap((x, i) => (Number.isNaN(times[i]) ? [] : [{ x, y: times[i] as number }])),
              },
            ]}
            height={220}
          />
        </>
      )}
    </>
  )
}

function millions(operations: number): string {
  return t('cost.millions', { count: decimal(operations / 1e6, 1) })
}
