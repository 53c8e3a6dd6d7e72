import { Histogram } from '../../../views/charts/Histogram.tsx'
import { formatMs, formatPercent } from '../../../viz/format.ts'
import { binned } from '../../../viz/histogram.ts'
import { decimal, whole } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import { madeBy } from '../provenance.ts'
import { flops, nameOf, numbersNow, predicted, times, usefulShare } from '../said.ts'
import { workOf } from '../state/plan.ts'
import { t } from '../words/words.ts'
import type { BatchToolProps } from './props.ts'

const BINS = 16

/** How long the sequences are, and every number of every strategy. */
export default function LengthsTool({ lab, run }: BatchToolProps) {
  const { lengths, numbers, info, planMs } = run
  const bins = binned([lengths], BINS)
  const baseline = numbers.find(({ strategy }) => strategy === 'maximum')
  const now = numbersNow(run)
  if (!baseline || !now) return null
  const columns = [
    t('strategy'),
    t('number.useful'),
    t('number.wasted'),
    t('number.linear'),
    t('number.attention'),
    t('column.predicted'),
    t('number.batches'),
    t('number.order'),
    t('number.sorted'),
  ]
  return (
    <>
      <Chart
        title={t('lengths')}
        lead={t('lengths.lead', {
          count: lengths.length,
          tokens: whole(now.useful),
          longest: Math.max(...lengths),
          ms: formatMs(planMs),
        })}
        made={madeBy(lab, run)}
        table={{
          columns: [t('lengths.x'), t('lengths.y')],
          rows: bins.map(({ from, to, counts }) => [`${from}–${to}`, counts[0] ?? 0]),
        }}
        testId="lengths"
      >
        <Histogram
          name={t('lengths')}
          bins={bins}
          series={[t('lengths.series', { count: lengths.length })]}
          xName={t('lengths.x')}
          yName={t('lengths.y')}
        />
      </Chart>
      <Chart
        title={t('numbers')}
        lead={t('numbers.lead')}
        made={madeBy(lab, run)}
        formats={['csv', 'json']}
        table={{
          columns,
          rows: numbers.map((one) => {
            const { linear, attention } = workOf(one, info)
            return [
              nameOf(one.strategy),
              usefulShare(one),
              one.positions - one.useful,
              linear,
              attention,
              predicted(one, baseline, info),
              one.batches,
              one.order,
              one.sorted,
            ]
          }),
        }}
        testId="all-numbers"
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
        <section className="table-scroll" tabIndex={0} aria-label={t('numbers')}>
          <table className="table">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {numbers.map((one) => {
                const { linear, attention } = workOf(one, info)
                return (
                  <tr key={one.strategy}>
                    <th scope="row">{nameOf(one.strategy)}</th>
                    <td className="mono">{formatPercent(usefulShare(one))}</td>
                    <td className="mono">{whole(one.positions - one.useful)}</td>
                    <td className="mono">{flops(linear)}</td>
                    <td className="mono">{flops(attention)}</td>
                    <td className="mono">{times(predicted(one, baseline, info))}</td>
                    <td className="mono">{whole(one.batches)}</td>
                    <td className="mono">{decimal(one.order, 2)}</td>
                    <td className="mono">{formatPercent(one.sorted)}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </section>
      </Chart>
    </>
  )
}
