import { useState } from 'react'
import type { PortfolioFigures } from '../../../../core/portfolio.ts'
import { LineCurve } from '../../../../views/charts/LineCurve.tsx'
import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { Slider } from '../../../../views/primitives/Slider.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { Chart } from '../../../shared/Chart.tsx'
import { useJob } from '../../../shared/useJob.ts'
import { useLab } from '../../../shared/useLab.ts'
import { help } from '../help/help.ts'
import { madeBy } from '../provenance.ts'
import { horizonName, saidScore, saidTick } from '../said.ts'
import { type WalkedDay, walk } from '../state/experiments.ts'
import { portfolioInfo } from '../state/run.ts'
import { qlike, rSquared } from '../state/scores.ts'
import { t } from '../words/words.ts'
import { HorizonChoice } from './HorizonChoice.tsx'
import type { PortfolioToolProps } from './props.ts'

/** A walk of more days than this takes steps of several, unless the reader asks for each. */
const DAYS = 250

type Forecast = 'model' | 'ewma' | 'har'
const FORECASTS: readonly Forecast[] = ['model', 'ewma', 'har']

/** Every day of the table forecast as if it were the last one known, against EWMA, HAR and what came; and what the recipe measured. */
export default function WalkTool({ lab, engine, run }: PortfolioToolProps) {
  const { look } = useLab(lab.store)
  const rules = portfolioInfo(run.model.info)
  const days = run.market.table.dates.length - rules.window
  const [every, setEvery] = useState(Math.max(1, Math.ceil(days / DAYS)))
  const job = useJob<WalkedDay[]>((step) => walk(engine, run, every, step), run.market)
  const walked = job.result ?? []
  const points = (of: (day: WalkedDay) => number | null) =>
    walked.flatMap((day, x) => {
      const log = of(day)
      return log === null ? [] : [{ x, y: Math.exp(log) }]
    })
  const at = (name: Forecast) => (day: WalkedDay) => day[name]?.[look.horizon] ?? null
  const came = (day: WalkedDay) => day.truth[look.horizon] ?? null
  const columns = [t('walk.day'), ...FORECASTS.map((name) => t(`forecast.${name}`)), t('forecast.came')]
  return (
    <>
      <Panel help={null} title={t('walk')} lead={t('walk.lead', { name: run.market.name, days })} testId="walk">
        <HorizonChoice lab={lab} horizons={rules.horizons} />
        {days > DAYS && (
          <Slider
            label={t('walk.every')}
            value={every}
            min={1}
            max={21}
            format={(count) => t('walk.every.days', { count })}
            onChange={setEvery}
            testId="walk-every"
          />
        )}
        <JobBar {...job} action={t('walk.run')} onStart={job.start} onStop={job.stop} testId="walk-job" />
        {walked.length > 0 && <Scores walked={walked} horizon={look.horizon} />}
      </Panel>
      {walked.length > 1 && (
        <Chart
          title={t('walk.chart', { horizon: horizonName(rules.horizons[look.horizon] ?? 1) })}
          made={madeBy(lab, run)}
          testId="walk-chart"
          table={{
            columns,
            rows: walked.map((day) => [
              day.date,
              ...[...FORECASTS.map((name) => at(name)(day)), came(day)].map((log) =>
                log === null ? '' : Math.exp(log),
              ),
            ]),
          }}
        >
          <LineCurve
            name={t('walk')}
            xName={t('walk.day')}
            xFormat={(x) => walked[x]?.date ?? ''}
            yName={t('chart.volatility')}
            yFormat={saidTick}
            series={[
              ...FORECASTS.map((name) => ({ name: t(`forecast.${name}`), points: points(at(name)) })),
              { name: t('forecast.came'), points: points(came) },
            ]}
          />
        </Chart>
      )}
      {rules.figures && <Figures figures={rules.figures} horizons={rules.horizons} />}
    </>
  )
}

/** QLIKE and R² of the walked days whose end is known. */
function Scores({ walked, horizon }: { walked: readonly WalkedDay[]; horizon: number }) {
  const known = walked.filter(({ truth, model }) => truth[horizon] !== null && model[horizon] !== null)
  if (known.length < 2) return <p className="hint">{t('walk.unknown')}</p>
  const truth = known.map((day) => day.truth[horizon] as number)
  return (
    <>
      <table className="box-table" data-testid="walk-scores">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('score.qlike')}</th>
            <th scope="col">{t('score.r2')}</th>
          </tr>
        </thead>
        <tbody>
          {FORECASTS.filter((name) => known[0]?.[name]).map((name) => {
            const logs = known.map((day) => day[name]?.[horizon] as number)
            return (
              <tr key={name}>
                <th scope="row">{t(`forecast.${name}`)}</th>
                <td className="mono">{saidScore(qlike(logs, truth))}</td>
                <td className="mono">{saidScore(rSquared(logs, truth))}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className="hint">{t('walk.scores', { count: known.length })}</p>
    </>
  )
}

/** What the recipe measured on the days that it held out: not computed here. */
function Figures({ figures, horizons }: { figures: PortfolioFigures; horizons: readonly number[] }) {
  return (
    <Panel
      help={help('figures')}
      title={t('figures')}
      lead={t('figures.lead', { days: figures.days, from: figures.from, to: figures.to })}
      testId="figures"
    >
      <table className="box-table" data-testid="figures-table">
        <thead>
          <tr>
            <td />
            {horizons.map((days) => (
              <th key={days} scope="col">
                {t('figures.qlike', { horizon: horizonName(days) })}
              </th>
            ))}
            {horizons.slice(1).map((days) => (
              <th key={days} scope="col">
                {t('figures.r2', { horizon: horizonName(days) })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Object.entries(figures.volatility).map(([name, { qlike: losses, r2 }]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {horizons.map((days, h) => (
                <td key={days} className="mono">
                  {saidScore(losses[h] ?? Number.NaN)}
                </td>
              ))}
              {horizons.slice(1).map((days, h) => (
                <td key={days} className="mono">
                  {saidScore(r2[h + 1] ?? Number.NaN)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p data-testid="figures-returns">
        {t('figures.returns', {
          r2: horizons
            .map((days, h) => `${horizonName(days)} ${saidScore(figures.returnR2[h] ?? Number.NaN)}`)
            .join(', '),
        })}
      </p>
    </Panel>
  )
}
