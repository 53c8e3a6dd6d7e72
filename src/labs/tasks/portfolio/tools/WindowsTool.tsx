import { HeatGrid } from '../../../../views/charts/HeatGrid.tsx'
import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { formatPercent } from '../../../../viz/format.ts'
import { decimal } from '../../../../words/numbers.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { useJob } from '../../../shared/useJob.ts'
import { useLab } from '../../../shared/useLab.ts'
import { sampleName } from '../names.ts'
import { madeBy } from '../provenance.ts'
import { headName, regimeName, said } from '../said.ts'
import { compareWindows, type WindowAnswer } from '../state/experiments.ts'
import { portfolioInfo } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { PortfolioToolProps } from './props.ts'

/** All samples: what each horizon reads before calm days and before stressed ones, and whether the answer was right. */
export default function WindowsTool({ lab, engine, run, samples }: PortfolioToolProps) {
  const { look } = useLab(lab.store)
  const { layer, head } = look
  const job = useJob<WindowAnswer[]>(async (step) => {
    const markets = await Promise.all(samples.map(async (sample) => ({ sample, market: await lab.sampled(sample) })))
    return compareWindows(engine, run.model, markets, { layer, head }, step)
  }, `${run.model.id} ${layer} ${head}`)
  const answers = job.result ?? []
  const { regimes } = portfolioInfo(run.model.info)
  const names = answers[0]?.reads.map(({ token }) => token) ?? []
  const regime = (number: number | null) => (number === null ? '–' : regimeName(regimes[number] ?? ''))
  const values = answers.flatMap(({ reads }) => reads.map(({ inEffect }) => inEffect))
  const head2 = [t('windows.day'), t('windows.said'), t('windows.came'), t('forecast.model'), t('forecast.came')]
  return (
    <Chart
      title={t('windows')}
      lead={t('windows.lead', { where: t('reads.where', { layer: layer + 1, head: headName(head) }) })}
      made={madeBy(lab, run)}
      formats={['csv', 'json']}
      testId="windows"
      table={{
        columns: [...head2, ...names.map((token) => t('windows.in-effect', { token }))],
        rows: answers.map(({ sample, said: guess, came, foretold, truth, reads }) => [
          sample.day,
          regime(guess),
          regime(came),
          foretold ?? '',
          truth ?? '',
          ...reads.map(({ inEffect }) => inEffect),
        ]),
      }}
    >
      <JobBar {...job} action={t('windows.run')} onStart={job.start} onStop={job.stop} testId="windows-job" />
      {answers.length > 0 && (
        <>
          <table className="box-table" data-testid="windows-table">
            <thead>
              <tr>
                {head2.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {answers.map(({ sample, said: guess, came, foretold, truth }) => (
                <tr key={sample.day}>
                  <th scope="row">
                    {sampleName(sample)} <span className="hint">{t(`split.short.${sample.split}`)}</span>
                  </th>
                  <td>{regime(guess)}</td>
                  <td>{regime(came)}</td>
                  <td className="mono">{said(foretold)}</td>
                  <td className="mono">{said(truth)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="hint">{t('windows.grid')}</p>
          <HeatGrid
            name={t('windows.grid')}
            rows={answers.map(({ sample, came }) => `${sample.day} ${regime(came)}`)}
            columns={names}
            values={values}
            bound={Math.max(...values)}
            format={(value, cell) => {
              const read = answers[Math.floor(cell / names.length)]?.reads[cell % names.length]
              return `${decimal(value, 1)} · ${read?.asset ?? ''} ${formatPercent(read?.share ?? Number.NaN)}`
            }}
          />
        </>
      )}
    </Chart>
  )
}
