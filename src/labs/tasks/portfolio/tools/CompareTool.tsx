import { useMemo } from 'react'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { Compare, runColumns } from '../../../shared/Compare.tsx'
import { PinButton } from '../../../shared/PinButton.tsx'
import type { Provenance } from '../../../shared/save_figure.ts'
import { useLab } from '../../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { horizonName, said } from '../said.ts'
import { volatilities } from '../state/experiments.ts'
import { type PortfolioRun, portfolioInfo } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { PortfolioToolProps } from './props.ts'

/** A pinned run against the newest one: in the maps, in every hidden state and in the forecasts. */
export default function CompareTool({ lab, run }: PortfolioToolProps) {
  const { pinned, look } = useLab(lab.store)
  const sides = useMemo(() => pinned && { a: sideOf(pinned), b: sideOf(run) }, [pinned, run])
  const pin = <PinButton pinned={pinned !== null} onPin={(on) => lab.pin(on ? run : null)} />
  if (!pinned || !sides) {
    return (
      <Panel help={null} title={t('compare')} testId="compare-tool">
        <p>{t('compare.pin')}</p>
        <div className="row">{pin}</div>
      </Panel>
    )
  }
  const [a, b] = [madeBy(lab, pinned), madeBy(lab, run)]
  const made: Provenance = {
    model: a.model === b.model ? a.model : `${a.model} ${b.model}`,
    state: () => ({ pinned: a.state(), now: b.state() }),
    link: b.link,
  }
  return (
    <>
      <Panel
        help={null}
        title={t('compare')}
        lead={t(pinned === run ? 'compare.same' : 'compare.lead')}
        actions={pin}
        testId="compare-tool"
      >
        <p className="hint">{t('compare.hint')}</p>
      </Panel>
      <Compare
        {...sides}
        choice={look}
        made={made}
        fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }}
        selected={look.query}
        onSelect={(key) => key !== null && lab.look({ query: key, selection: [key] })}
        answers={<Forecasts pinned={pinned} run={run} />}
      />
    </>
  )
}

function sideOf({ doc, tokens, result }: PortfolioRun) {
  return { model: doc.model, tokens, result }
}

function Forecasts({ pinned, run }: { pinned: PortfolioRun; run: PortfolioRun }) {
  const { horizons } = portfolioInfo(run.model.info)
  const [then, now] = [volatilities(pinned), volatilities(run)]
  return (
    <table className="box-table" data-testid="compare-forecasts">
      <thead>
        <tr>
          <th scope="col">{t('volatility')}</th>
          {runColumns().map(({ id, title }) => (
            <th key={id} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {horizons.map((days, h) => (
          <tr key={days}>
            <th scope="row">{horizonName(days)}</th>
            <td className="mono">{said(then[h] ?? null)}</td>
            <td className="mono">{said(now[h] ?? null)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
