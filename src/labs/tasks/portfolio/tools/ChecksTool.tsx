import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { useOwnJob } from '../../../shared/useJob.ts'
import { help } from '../help/help.ts'
import { saidTiny } from '../said.ts'
import { type LookAheadCheck, lookAheadCheck, type OrderCheck, orderCheck } from '../state/experiments.ts'
import { t } from '../words/words.ts'
import type { PortfolioToolProps } from './props.ts'

const ORDERS = 10

/** Two promises, kept on the shown run: the order of the assets says nothing, and nothing after the day is read. */
export default function ChecksTool({ engine, run }: PortfolioToolProps) {
  const order = useOwnJob<OrderCheck>((step) => orderCheck(engine, run, ORDERS, step), run)
  const ahead = useOwnJob<LookAheadCheck>(() => lookAheadCheck(engine, run), run)
  const date = run.market.table.dates[run.doc.day] ?? ''
  return (
    <>
      <Panel help={null} title={t('order')} lead={t('order.lead')} testId="order-check">
        {order.status !== 'done' && (
          <JobBar {...order} action={t('check.run')} onStart={order.start} onStop={order.stop} />
        )}
        {order.result && (
          <p data-testid="order-result">
            {t('order.result', { count: order.result.orders, largest: saidTiny(order.result.largest) })}
          </p>
        )}
      </Panel>
      <Panel help={help('ahead-check')} title={t('ahead')} lead={t('ahead.lead', { date })} testId="ahead-check">
        {ahead.status !== 'done' && (
          <JobBar {...ahead} action={t('check.run')} onStart={ahead.start} onStop={ahead.stop} />
        )}
        {ahead.result && (
          <>
            <p data-testid="ahead-result">
              {t('ahead.result', { days: ahead.result.days, largest: saidTiny(ahead.result.future) })}
            </p>
            <p className="hint" data-testid="ahead-control">
              {t('ahead.control', { date, largest: saidTiny(ahead.result.control) })}
            </p>
          </>
        )}
      </Panel>
    </>
  )
}
