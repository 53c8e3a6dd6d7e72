import type { Engine } from '../../state/engine.ts'
import { Panel } from '../../views/shell/Panel.tsx'
import { formatPercent } from '../../viz/format.ts'
import { saidInFull } from '../../words/errors.ts'
import { decimal, whole } from '../../words/numbers.ts'
import { useOwnJob } from '../shared/useJob.ts'
import { help } from './help/help.ts'
import { flops, numbersNow, usefulShare } from './said.ts'
import { type Compared, compareAlone, isSame, SAME, worst } from './state/compare.ts'
import { isPacking, lowerBound, workOf } from './state/plan.ts'
import type { BatchRun } from './state/run.ts'
import { t } from './words/words.ts'

export interface BatchReadoutsProps {
  engine: Engine
  run: BatchRun
  before: BatchRun | null
}

/** Of the shown batch so many sequences run alone, too. */
const MOST_COMPARED = 8

/** What the chosen strategy costs, and whether a sequence answers in its batch as it does alone. */
export function BatchReadouts({ engine, run, before }: BatchReadoutsProps) {
  const { lengths, info, doc, plan, model } = run
  const now = numbersNow(run)
  const then = before && numbersNow(before)
  if (!now) return null
  const work = workOf(now, info)
  const bound = lowerBound(lengths, Math.min(doc.settings.capacity, model.maxTokens))
  const items: [id: Parameters<typeof t>[0], value: string, earlier?: string][] = [
    ['number.useful', formatPercent(usefulShare(now)), then ? formatPercent(usefulShare(then)) : undefined],
    ['number.wasted', whole(now.positions - now.useful), then ? whole(then.positions - then.useful) : undefined],
    ['number.linear', flops(work.linear)],
    ['number.attention', flops(work.attention)],
    ['number.batches', whole(now.batches), then ? whole(then.batches) : undefined],
    ['number.largest', whole(now.largest)],
    ['number.rows', isPacking(plan.strategy) ? t('number.rows.of', { rows: now.rows, bound }) : whole(now.rows)],
    ['number.order', decimal(now.order, 2)],
    ['number.sorted', formatPercent(now.sorted)],
  ]
  return (
    <Panel help={help('readouts')} title={t('readouts')} testId="readouts">
      <dl className="batch-numbers" data-testid="numbers">
        {items.map(([id, value, earlier]) => (
          <div key={id} title={id === 'number.order' || id === 'number.sorted' ? t(`${id}.hint`) : undefined}>
            <dt>{t(id)}</dt>
            <dd className="mono">
              {value}
              {earlier !== undefined && earlier !== value && (
                <s className="batch-earlier" data-testid="ghost">
                  {earlier}
                </s>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <Equality engine={engine} run={run} />
    </Panel>
  )
}

/** The sequences of the shown batch, alone and in it. */
function Equality({ engine, run }: { engine: Engine; run: BatchRun }) {
  const { model, sequences, assembled, result } = run
  const count = Math.min(MOST_COMPARED, assembled.standing.length)
  const job = useOwnJob<Compared[]>(
    (step) => compareAlone(engine, model, sequences, assembled, result, { most: MOST_COMPARED, step }),
    run,
  )
  const found = job.result ?? []
  const most = worst(found)
  const done = job.status === 'done'
  const same = isSame(most)
  return (
    <section className="readout" data-testid="equality" data-same={done ? same : undefined}>
      <h3>{t('equality')}</h3>
      <dl className="batch-numbers">
        {(['state', 'logits', 'loss'] as const).map((part) => (
          <div key={part}>
            <dt>{t(part === 'state' && model.causal ? 'equality.last' : `equality.${part}`)}</dt>
            <dd className="mono" data-same={done ? most[part] <= SAME : undefined}>
              {found.length > 0 ? scientific(most[part]) : '…'}
            </dd>
          </div>
        ))}
      </dl>
      <p className="equality-verdict" role="status" data-same={done ? same : undefined}>
        {job.problem
          ? saidInFull(job.problem)
          : done
            ? t(same ? 'equality.same' : 'equality.differ', { count })
            : t('equality.running', { count })}
      </p>
    </section>
  )
}

/** 0, 3.1e-6, 0.42. */
function scientific(value: number): string {
  if (value === 0) return '0'
  if (value >= 0.01) return decimal(value, 3)
  const power = Math.floor(Math.log10(value))
  return `${decimal(value / 10 ** power, 1)}e${String(power).replace('-', '−')}`
}
