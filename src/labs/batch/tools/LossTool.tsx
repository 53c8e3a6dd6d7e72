import { Button } from '../../../views/primitives/Button.tsx'
import { IntegerField } from '../../../views/primitives/IntegerField.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Switch } from '../../../views/primitives/Switch.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { decimal } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { lossOf, weigh } from '../state/experiments/loss_mask.ts'
import { type LossRules, RULES } from '../state/settings.ts'
import { t } from '../words/words.ts'
import type { BatchToolProps } from './props.ts'

/** Targets with weight 0 or 1, the usual mistakes as switches, and the loss that each gives. */
export default function LossTool({ lab, run }: BatchToolProps) {
  const { loss: rules } = useLab(lab.store).look
  if (!run.model.causal) {
    return (
      <Panel help={null} title={t('tool.loss')} lead={t('loss.encoder')} testId="loss">
        <Button onClick={() => void lab.setModel('clsroom-gpt2')} data-testid="loss-decoder">
          {t('sides.decoder')}
        </Button>
      </Panel>
    )
  }
  if (run.model.closing.length === 0) {
    return (
      <Panel help={null} title={t('tool.loss')} testId="loss">
        <p>{t('loss.no-end')}</p>
      </Panel>
    )
  }
  const found = run.losses
  const weighed = found && weigh(found, rules)
  const facts = weighed && lossOf(weighed, rules)
  const right = found && lossOf(weigh(found, RULES), RULES)
  const set = (change: Partial<LossRules>) => lab.look({ loss: { ...rules, ...change } })
  return (
    <Chart
      title={t('tool.loss')}
      lead={t('loss.lead', { count: found?.rows.length ?? 0 })}
      made={madeBy(lab, run)}
      formats={['csv', 'json']}
      table={{
        columns: [
          t('loss.sequence'),
          t('loss.row'),
          t('loss.input'),
          t('loss.target'),
          t('loss.weight'),
          t('loss.loss'),
        ],
        rows: (weighed ?? []).flatMap((row, s) =>
          row.map(({ input, target, weight, loss }, at) => [s + 1, at, input.label, target?.label ?? '', weight, loss]),
        ),
      }}
      testId="loss"
    >
      {weighed && facts && right ? (
        <p className="loss-said" data-testid="loss-said">
          {t('loss.said', {
            loss: decimal(facts.loss, 3),
            right: decimal(right.loss, 3),
            counted: facts.counted,
          })}{' '}
          {facts.lostEnds > 0 && <strong>{t('loss.lost', { lost: facts.lostEnds, ends: facts.ends })}</strong>}
        </p>
      ) : (
        <p role="status">{t('tool.running')}</p>
      )}
      <div className="tool-form loss-form">
        <Switch
          label={t('loss.pad-is-end')}
          checked={rules.padIsEnd}
          onChange={(padIsEnd) => set({ padIsEnd })}
          testId="pad-is-end"
        />
        <Switch label={t('loss.by-id')} checked={rules.byId} onChange={(byId) => set({ byId })} testId="by-id" />
        <Switch label={t('loss.shift')} checked={rules.shift} onChange={(shift) => set({ shift })} testId="shift" />
        <IntegerField
          inline
          label={t('loss.prompt')}
          value={rules.prompt}
          max={run.assembled.width}
          testId="prompt-tokens"
          onChange={(prompt) => set({ prompt })}
        />
        <Segmented
          label={t('loss.mean')}
          small
          testId="loss-mean"
          value={rules.perToken ? 'token' : 'sequence'}
          options={(['token', 'sequence'] as const).map((value) => ({ value, label: t(`loss.mean.${value}`) }))}
          onChange={(value) => set({ perToken: value === 'token' })}
        />
      </div>
      {weighed?.map((row, s) => (
        <ol
          // biome-ignore lint/suspicious/noArrayIndexKey: sequences keep their places
          key={s}
          className="loss-strip"
          data-testid="loss-strip"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys
          tabIndex={0}
          aria-label={t('loss.strip', { sequence: s + 1 })}
        >
          {row.map(({ input, target, weight, loss, lost }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a place of the row is its name
            <li key={at} data-weight={weight} data-lost={lost || undefined}>
              <span className="mono">{input.label}</span>
              <span className="mono">{target ? `→ ${target.label}` : '–'}</span>
              <b className="mono">{weight === 1 ? decimal(loss, 2) : 0}</b>
            </li>
          ))}
        </ol>
      ))}
      <p className="hint">{t('loss.hint')}</p>
    </Chart>
  )
}
