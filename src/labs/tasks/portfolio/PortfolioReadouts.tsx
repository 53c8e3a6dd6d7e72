import { useMemo } from 'react'
import { classReadout } from '../../../state/readouts.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { ClassReadout } from '../../../views/readouts/ClassReadout.tsx'
import { OtherHeads } from '../../../views/readouts/OtherHeads.tsx'
import { ProbabilityBars } from '../../../views/readouts/ProbabilityBars.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { decimal } from '../../../words/numbers.ts'
import { help } from './help/help.ts'
import { horizonName, regimeName, said, saidPoints } from './said.ts'
import { volatilities } from './state/experiments.ts'
import type { PortfolioLab } from './state/lab.ts'
import { type PortfolioRun, pointedAt, portfolioInfo } from './state/run.ts'
import { t } from './words/words.ts'

export interface PortfolioReadoutsProps {
  lab: PortfolioLab
  run: PortfolioRun
  /** The run before the last edit. */
  before: PortfolioRun | null
}

/** What the class tokens say of the days to come, beside EWMA, HAR, what was said before the last edit, and what came. */
export function PortfolioReadouts({ lab, run, before }: PortfolioReadoutsProps) {
  const earlier = before?.model.id === run.model.id ? before : null
  const { regimes } = portfolioInfo(run.model.info)
  const came = run.truth.regime
  const regime = regimeOf(run)
  return (
    <Panel help={help('readouts')} title={t('readouts')} testId="readouts" scrolls>
      <Volatility run={run} before={earlier} />
      {regime ? (
        <div data-testid="regime">
          <ClassReadout title={t('regime')} answer={regime} before={earlier ? regimeOf(earlier) : undefined} />
          <p className="hint">
            {came === null ? t('came.unknown') : t('regime.came', { regime: regimeName(regimes[came] ?? '') })}
          </p>
        </div>
      ) : (
        <p className="hint" data-testid="silent-regime">
          {t('silent', { head: t('regime') })}
        </p>
      )}
      <Contributor run={run} before={earlier} />
      <Button small look="quiet" onClick={() => lab.look({ tool: 'risk' })} data-testid="to-risk">
        {t('pointer.more')}
      </Button>
      <Returns run={run} />
      <OtherHeads heads={run.model.info.otherHeads ?? []} />
    </Panel>
  )
}

function regimeOf({ model, result }: PortfolioRun) {
  const logits = result.logits.regime?.data
  const names = portfolioInfo(model.info).regimes.map(regimeName)
  return logits && classReadout('regime', names, logits, 'softmax')
}

function Volatility({ run, before }: { run: PortfolioRun; before: PortfolioRun | null }) {
  const { horizons } = portfolioInfo(run.model.info)
  const [now, then] = [volatilities(run), before && volatilities(before)]
  const plain = (logs: readonly number[] | undefined, h: number) => said(logs ? Math.exp(logs[h] as number) : null)
  return (
    <section className="readout" data-testid="volatility">
      <h3>{t('volatility')}</h3>
      <table className="volatility-table mono">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('forecast.model')}</th>
            <th scope="col">{t('forecast.ewma')}</th>
            <th scope="col">{t('forecast.har')}</th>
            <th scope="col">{t('forecast.came')}</th>
          </tr>
        </thead>
        <tbody>
          {horizons.map((days, h) => {
            const truth = run.truth.logVolatility[h] ?? null
            const [value, old] = [now[h] ?? null, then?.[h] ?? null]
            return (
              <tr key={days} data-testid={`volatility-${days}d`}>
                <th scope="row">{horizonName(days)}</th>
                <td>
                  <b>{said(value)}</b>
                  {value !== null && old !== null && saidPoints(value - old) !== '0' && (
                    <span className="ghost-change" data-testid="ghost" data-way={value > old ? 'up' : 'down'}>
                      {saidPoints(value - old)}
                    </span>
                  )}
                </td>
                <td>{plain(run.plain?.ewma, h)}</td>
                <td>{plain(run.plain?.har, h)}</td>
                <td>{said(truth === null ? null : Math.exp(truth))}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className="hint">{t('volatility.hint')}</p>
    </section>
  )
}

/** Whom CLS_portfolio points at, and who contributed most in the days that came. */
function Contributor({ run, before }: { run: PortfolioRun; before: PortfolioRun | null }) {
  const pointed = useMemo(() => pointedAt(run), [run])
  const earlier = useMemo(
    () => new Map((before ? pointedAt(before) : []).map(({ token, probability }) => [token.label, probability])),
    [before],
  )
  if (pointed.length === 0) return <p className="hint">{t('pointer.none')}</p>
  const shares = run.truth.riskShares
  const most = shares ? run.rows[shares.indexOf(Math.max(...shares))] : undefined
  return (
    <div data-testid="pointer">
      <ProbabilityBars
        title={t('pointer')}
        top={3}
        items={pointed.map(({ token, probability }) => ({
          label: token.label,
          probability,
          before: earlier.get(token.label),
        }))}
      />
      <p className="hint">
        {most === undefined ? t('came.unknown') : t('pointer.came', { asset: run.market.table.assets[most] ?? '' })}
      </p>
    </div>
  )
}

/** The heads for returns are there to show that they know nothing. */
function Returns({ run }: { run: PortfolioRun }) {
  const { horizons, usualDeviation, figures } = portfolioInfo(run.model.info)
  const told = horizons.map((days) => {
    const logit = run.result.logits[`return_${days}d`]?.data[0]
    return logit === undefined ? null : logit * usualDeviation * Math.sqrt(days)
  })
  return (
    <section className="readout" data-testid="returns">
      <h3>{t('returns')}</h3>
      <p className="hint">
        {t('returns.said', {
          said: horizons.map((days, h) => `${horizonName(days)} ${saidReturn(told[h] ?? null)}`).join(', '),
        })}{' '}
        {figures &&
          t('returns.figures', {
            r2: horizons
              .map((days, h) => `${horizonName(days)} ${decimal(figures.returnR2[h] ?? Number.NaN, 3)}`)
              .join(', '),
          })}
      </p>
    </section>
  )
}

function saidReturn(value: number | null): string {
  if (value === null) return '–'
  const percent = decimal(Math.abs(100 * value), 2)
  return `${value < 0 ? '−' : '+'}${percent} %`
}
