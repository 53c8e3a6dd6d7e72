import { useMemo } from 'react'
import { portfolioOf, volatilityOf } from '../../../loaders/portfolio/returns.ts'
import { LineCurve, type Series } from '../../../views/charts/LineCurve.tsx'
import { Chart } from '../../shared/Chart.tsx'
import { madeBy } from './provenance.ts'
import { saidTick } from './said.ts'
import type { PortfolioLab } from './state/lab.ts'
import { logVolatility, type PortfolioRun, portfolioInfo } from './state/run.ts'
import { t } from './words/words.ts'

/** Days over which the past's volatility is measured. */
const MEASURED = 21

/** Volatility behind the day and ahead of it: measured, foretold by the model, by EWMA and HAR, and what came. */
export function HorizonChart({ lab, run }: { lab: PortfolioLab; run: PortfolioRun }) {
  const series = useMemo(() => seriesOf(run), [run])
  return (
    <Chart
      title={t('chart')}
      lead={t('chart.lead')}
      made={madeBy(lab, run)}
      testId="horizon-chart"
      table={{
        columns: [t('chart.days'), ...series.map(({ name }) => name)],
        rows: daysOf(series).map((day) => [
          day,
          ...series.map(({ points }) => points.find(({ x }) => x === day)?.y ?? ''),
        ]),
      }}
    >
      <LineCurve
        name={t('chart')}
        xName={t('chart.days')}
        yName={t('chart.volatility')}
        yFormat={saidTick}
        height={168}
        series={series}
      />
    </Chart>
  )
}

function daysOf(series: readonly Series[]): number[] {
  return [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b)
}

function seriesOf({ model, returns, plain, truth, result }: PortfolioRun): Series[] {
  const { horizons, tradingDays } = portfolioInfo(model.info)
  const whole = portfolioOf(returns)
  const past = Array.from({ length: Math.max(0, whole.length - MEASURED + 1) }, (_, i) => ({
    x: i + MEASURED - whole.length,
    y: volatilityOf(whole.slice(i, i + MEASURED), tradingDays),
  })).filter(({ x }) => x % 5 === 0)
  const ahead = (name: string, logs: readonly (number | null)[] | undefined): Series => ({
    name,
    points: horizons.flatMap((x, h) => {
      const log = logs?.[h]
      return log === null || log === undefined ? [] : [{ x, y: Math.exp(log) }]
    }),
  })
  return [
    { name: t('chart.past'), points: past },
    ahead(
      t('chart.model'),
      horizons.map((days) => logVolatility(result, days)),
    ),
    ahead(t('forecast.ewma'), plain?.ewma),
    ahead(t('forecast.har'), plain?.har),
    ahead(t('chart.came'), truth.logVolatility),
  ].filter(({ points }) => points.length > 0)
}
