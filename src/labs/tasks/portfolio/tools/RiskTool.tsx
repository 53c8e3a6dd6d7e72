import { useMemo } from 'react'
import { riskShares } from '../../../../loaders/portfolio/returns.ts'
import { Button } from '../../../../views/primitives/Button.tsx'
import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { formatPercent } from '../../../../viz/format.ts'
import { decimal } from '../../../../words/numbers.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { useOwnJob } from '../../../shared/useJob.ts'
import { useLab } from '../../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { headName, saidPoints } from '../said.ts'
import { type AssetEffect, assetEffects } from '../state/experiments.ts'
import { type ClassReading, classReadings } from '../state/reads.ts'
import { assetTokens, type PortfolioRun, pointedAt, portfolioInfo, rowOfToken } from '../state/run.ts'
import { correlation } from '../state/scores.ts'
import { t } from '../words/words.ts'
import { HorizonChoice } from './HorizonChoice.tsx'
import type { PortfolioToolProps } from './props.ts'

interface RiskRow {
  key: number
  asset: string
  /** Of what the horizon's token reads. */
  share: number
  masked: number | null
  out: number | null
  pointer: number | null
  measured: number
  came: number | null
}

/** Beside what a horizon's token reads of each asset: what taking the asset away does to the forecast, and what it contributed to the risk. */
export default function RiskTool({ lab, engine, run }: PortfolioToolProps) {
  const { look } = useLab(lab.store)
  const { horizons } = portfolioInfo(run.model.info)
  const effects = useOwnJob<AssetEffect[]>((step) => assetEffects(engine, run, step), run)
  const reading = useMemo(() => readingOf(run, look), [run, look])
  const rows = useMemo(
    () => rowsOf(run, effects.result ?? [], reading, look.horizon),
    [run, effects.result, reading, look.horizon],
  )
  const token = reading?.token.label ?? ''
  const columns = [
    t('risk.asset'),
    t('risk.reads', { token }),
    t('risk.masked'),
    t('risk.out'),
    t('risk.pointer'),
    t('risk.measured'),
    t('risk.came'),
  ]
  const known = rows.filter(({ masked }) => masked !== null)
  return (
    <Chart
      title={t('risk')}
      lead={t('risk.lead')}
      made={madeBy(lab, run)}
      formats={['csv', 'json']}
      testId="risk"
      table={{
        columns,
        rows: rows.map(({ asset, share, masked, out, pointer, measured, came }) => [
          asset,
          ...[share, masked, out, pointer, measured, came].map((value) => value ?? ''),
        ]),
      }}
    >
      <HorizonChoice lab={lab} horizons={horizons} />
      {effects.status !== 'done' && (
        <JobBar {...effects} action={t('risk.run')} onStart={effects.start} onStop={effects.stop} testId="risk-job" />
      )}
      {known.length > 2 && (
        <p data-testid="risk-agreement">
          {t('risk.agreement', {
            token,
            where: t('reads.where', { layer: look.layer + 1, head: headName(look.head) }),
            masked: saidCorrelation(known, ({ masked }) => masked),
            out: saidCorrelation(known, ({ out }) => out),
          })}
        </p>
      )}
      {reading === null && <p className="hint">{t('silent', { head: t('volatility') })}</p>}
      {rows.length > 0 && (
        <RiskTable columns={columns} rows={rows} onChoose={(key) => lab.look({ selection: [key] })} />
      )}
    </Chart>
  )
}

function RiskTable({
  columns,
  rows,
  onChoose,
}: {
  columns: string[]
  rows: RiskRow[]
  onChoose: (key: number) => void
}) {
  return (
    <table className="box-table" data-testid="risk-table">
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
        {rows.map(({ key, asset, share, masked, out, pointer, measured, came }) => (
          <tr key={key}>
            <th scope="row">
              <Button small look="quiet" onClick={() => onChoose(key)}>
                {asset}
              </Button>
            </th>
            <td className="mono">{formatPercent(share)}</td>
            <td className="mono">{saidPoints(masked)}</td>
            <td className="mono">{saidPoints(out)}</td>
            <td className="mono">{pointer === null ? '–' : formatPercent(pointer)}</td>
            <td className="mono">{saidShare(measured)}</td>
            <td className="mono">{came === null ? '–' : saidShare(came)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Shares of risk may be below zero: an asset that moves against the others. */
function saidShare(share: number): string {
  return `${share < 0 ? '−' : ''}${decimal(Math.abs(100 * share), 1)} %`
}

function saidCorrelation(rows: readonly RiskRow[], of: (row: RiskRow) => number | null): string {
  const values = rows.map(of)
  if (values.some((value) => value === null)) return '–'
  const found = correlation(
    rows.map(({ share }) => share),
    values as number[],
  )
  return Number.isNaN(found) ? '–' : decimal(found, 2)
}

/** What the token of a horizon reads. */
function readingOf(
  run: PortfolioRun,
  { layer, head, horizon }: { layer: number; head: number | 'mean'; horizon: number },
): ClassReading | null {
  return classReadings(run, { layer, head })?.find(({ token }) => token.id === horizon) ?? null
}

function rowsOf(
  run: PortfolioRun,
  effects: readonly AssetEffect[],
  reading: ClassReading | null,
  horizon: number,
): RiskRow[] {
  const pointers = new Map(pointedAt(run).map(({ token, probability }) => [token.key, probability]))
  const measured = riskShares(run.returns)
  const byKey = new Map(effects.map((effect) => [effect.token.key, effect]))
  return assetTokens(run.tokens)
    .map((token, i): RiskRow => {
      const column = run.rows.indexOf(rowOfToken(token))
      const effect = byKey.get(token.key)
      return {
        key: token.key,
        asset: token.label,
        share: reading?.assets[i] ?? Number.NaN,
        masked: effect?.masked[horizon] ?? null,
        out: effect?.out?.[horizon] ?? null,
        pointer: pointers.get(token.key) ?? null,
        measured: measured[column] ?? Number.NaN,
        came: run.truth.riskShares?.[column] ?? null,
      }
    })
    .sort((a, b) => (b.masked ?? 0) - (a.masked ?? 0))
}
