import { useMemo, useState } from 'react'
import { cosine } from '../../../../core/vectors.ts'
import { HeatGrid } from '../../../../views/charts/HeatGrid.tsx'
import { Slider } from '../../../../views/primitives/Slider.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { decimal } from '../../../../words/numbers.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { madeBy } from '../provenance.ts'
import { horizonName, said } from '../said.ts'
import { volatilities } from '../state/experiments.ts'
import { type PortfolioRun, portfolioInfo } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { PortfolioToolProps } from './props.ts'

const POOLINGS = ['mean', 'attention'] as const

/** Is a class token needed? The same forecast read from the class tokens, from the mean of the assets and from their attention pooling. */
export default function PoolingTool({ lab, run }: PortfolioToolProps) {
  const { horizons, figures } = portfolioInfo(run.model.info)
  const cls = volatilities(run)
  const pooled = (kind: (typeof POOLINGS)[number], h: number) => {
    const log = run.result.logits[`pooled_${kind}`]?.data[h]
    return log === undefined ? null : Math.exp(log)
  }
  const truth = (h: number) => {
    const log = run.truth.logVolatility[h] ?? null
    return log === null ? null : Math.exp(log)
  }
  const held = figures && Object.values(figures.volatility)
  return (
    <>
      <Panel help={null} title={t('pooling')} lead={t('pooling.lead')} testId="pooling">
        <table className="box-table" data-testid="pooling-table">
          <thead>
            <tr>
              <td />
              <th scope="col">{t('pooling.cls')}</th>
              {POOLINGS.map((kind) => (
                <th key={kind} scope="col">
                  {t(`pooling.${kind}`)}
                </th>
              ))}
              <th scope="col">{t('forecast.came')}</th>
            </tr>
          </thead>
          <tbody>
            {horizons.map((days, h) => (
              <tr key={days}>
                <th scope="row">{horizonName(days)}</th>
                <td className="mono">{said(cls[h] ?? null)}</td>
                {POOLINGS.map((kind) => (
                  <td key={kind} className="mono">
                    {said(pooled(kind, h))}
                  </td>
                ))}
                <td className="mono">{said(truth(h))}</td>
              </tr>
            ))}
            {held &&
              horizons.slice(1).map((days, h) => (
                <tr key={`r2 ${days}`}>
                  <th scope="row">{t('pooling.r2', { horizon: horizonName(days) })}</th>
                  {held.slice(0, 1 + POOLINGS.length).map(({ r2 }, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: columns of the table, always these
                    <td key={i} className="mono">
                      {decimal(r2[h + 1] ?? Number.NaN, 3)}
                    </td>
                  ))}
                  <td />
                </tr>
              ))}
          </tbody>
        </table>
        <p className="hint">{t('pooling.hint')}</p>
      </Panel>
      <Cosines lab={lab} run={run} />
    </>
  )
}

/** How alike the class tokens are, by layer. */
function Cosines({ lab, run }: Pick<PortfolioToolProps, 'lab' | 'run'>) {
  const { layers } = run.model.info
  const [layer, setLayer] = useState(layers)
  const { names, values } = useMemo(() => cosinesOf(run, layer), [run, layer])
  if (names.length < 2) return <p className="hint">{t('cosine.few')}</p>
  return (
    <Chart
      title={t('cosine')}
      lead={t('cosine.lead')}
      made={madeBy(lab, run)}
      formats={['csv', 'json']}
      testId="cosines"
      table={{
        columns: ['', ...names],
        rows: names.map((name, row) => [name, ...values.slice(row * names.length, (row + 1) * names.length)]),
      }}
    >
      <Slider
        label={t('cosine.layer')}
        value={layer}
        min={0}
        max={layers}
        format={(after) => (after === 0 ? t('cosine.start') : t('layer.of', { layer: after, layers }))}
        onChange={setLayer}
        testId="cosine-layer"
      />
      <HeatGrid
        name={t('cosine')}
        rows={names}
        columns={names}
        values={values}
        bound={1}
        scale="diverging"
        format={(value) => decimal(value, 2)}
      />
    </Chart>
  )
}

function cosinesOf({ tokens, result }: PortfolioRun, layer: number): { names: string[]; values: number[] } {
  const states = result.hiddenStates[layer]
  const rows = tokens.flatMap(({ kind }, row) => (kind === 'cls' ? [row] : []))
  if (!states) return { names: [], values: [] }
  const width = states.dims[1] as number
  const state = (row: number) => states.data.subarray(row * width, (row + 1) * width)
  return {
    names: rows.map((row) => tokens[row]?.label ?? ''),
    values: rows.flatMap((one) => rows.map((two) => cosine(state(one), state(two)))),
  }
}
