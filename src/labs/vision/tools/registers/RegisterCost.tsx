import { patchCount } from '../../../../sequence/patches.ts'
import { LineCurve } from '../../../../views/charts/LineCurve.tsx'
import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { formatBytes, formatMs } from '../../../../viz/format.ts'
import { registerCost } from '../../../../viz/register_cost.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { useJob } from '../../../shared/useJob.ts'
import { madeBy } from '../../provenance.ts'
import { measureRegisters, medianOf, type RegisterTimes } from '../../state/register_times.ts'
import type { VisionToolProps } from '../props.ts'

const COUNTS = [0, 1, 2, 4, 8, 16] as const

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
  const clock = job.result?.clock === 'gpu' ? 'GPU time' : 'time from submit to result'
  const base = costs[0]?.flops ?? 1
  return (
    <>
      <Chart
        title="What each number of registers costs"
        lead={`[CLS], the registers and ${patches} patches through ${info.layers} layers. Operations are counted, two a multiply-add; memory is the hidden states and maps of one forward as f32.`}
        made={madeBy(lab, run)}
        table={{
          columns: ['registers', 'tokens', 'parameters', 'FLOPs', 'bytes', 'median ms', 'forwards'],
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
        <section className="table-scroll" tabIndex={0} aria-label="What each number of registers costs">
          <table className="table mono" data-testid="cost-table">
            <thead>
              <tr>
                {['registers', 'tokens', 'parameters', 'operations', 'memory', 'time'].map((column) => (
                  <th key={column} scope="col">
                    {column}
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
                      <td>+{cost.parameters.toLocaleString('en')}</td>
                      <td>
                        {(cost.flops / 1e6).toFixed(1)} M
                        {count > 0 && `, +${((cost.flops / base - 1) * 100).toFixed(1)} %`}
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
      <JobBar
        action="Measure the time on this device"
        {...job}
        onStart={job.start}
        onStop={job.stop}
        testId="measure-registers"
      />
      {measured && (
        <>
          <p className="hint">
            {clock}, the median of {Math.min(...(job.result?.samples.map((one) => one.length) ?? [0]))} forwards of
            each, interleaved, on {run.result.backend.adapter || 'this device'}.
          </p>
          <LineCurve
            name="Time of one forward"
            xName="registers"
            yName="median ms"
            series={[
              {
                name: 'time',
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
