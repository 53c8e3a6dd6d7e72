import { useMemo, useState } from 'react'
import { PARTS_OF_SPEECH } from '../../../core/parts_of_speech.ts'
import { tagWords } from '../../../loaders/parts_of_speech.ts'
import { replace, restoreOriginal } from '../../../sequence/edit.ts'
import { active, isContent } from '../../../sequence/token.ts'
import { Button } from '../../../views/primitives/Button.tsx'
import { IntegerField } from '../../../views/primitives/IntegerField.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Select } from '../../../views/primitives/Select.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { decimal, whole } from '../../../words/numbers.ts'
import { useLab } from '../../shared/useLab.ts'
import { specialEntry } from '../state/doc.ts'
import { predictionsOf, scoreOf } from '../state/masked_words.ts'
import { MASKING_UNITS, type MaskingPlan } from '../state/masking_plan.ts'
import { maskAsInTraining, withoutTargets } from '../state/training_masks.ts'
import { t } from '../words/words.ts'
import { MaskedWords } from './MaskedWords.tsx'
import type { TextToolProps } from './props.ts'

const PREDICTED = 10
const CLICKABLE = 160 // words that are offered one by one

/** Masked language modelling: what is hidden, what the model makes of it, how often it is right. */
export default function MlmTool({ lab, run }: TextToolProps) {
  const { doc, model, tokenizer, look } = useLab(lab.store)
  const plan = look.masking
  const setPlan = (masking: MaskingPlan) => lab.look({ masking })
  const [drawing, setDrawing] = useState(false)
  const predictions = useMemo(() => predictionsOf(run, PREDICTED), [run])
  const score = useMemo(() => scoreOf(predictions), [predictions])
  if (!doc || !tokenizer) return null

  const draw = async (drawn: MaskingPlan) => {
    setPlan(drawn)
    setDrawing(true) // the first part of speech fetches its library
    try {
      const isTagged = PARTS_OF_SPEECH.some((part) => part === drawn.unit)
      const tagged = isTagged ? await Promise.all(doc.texts.map((text, s) => tagWords(readPart(text, s)))) : []
      lab.edit((sequence) => maskAsInTraining({ ...doc, sequence }, tokenizer, drawn, tagged))
    } catch (thrown) {
      lab.fail(thrown)
    } finally {
      setDrawing(false)
    }
  }
  /** The part of a text that the model could read at most. */
  const readPart = (text: string, s: number) => text.slice(0, doc.pieces[s]?.at(-1)?.end ?? 0)
  const maskEntry = specialEntry(tokenizer, 'mask')
  const words = active(doc.sequence).filter((token) => isContent(token.original ?? token))
  const toggle = (key: number, isTarget: boolean) =>
    lab.edit((sequence) => (isTarget ? restoreOriginal(sequence, [key]) : replace(sequence, [key], maskEntry)))

  return (
    <Panel
      help={null}
      title={t('mlm')}
      lead={model?.info.predictsTokens ? t('mlm.lead') : t('mlm.lead.headless')}
      testId="mlm-tool"
      actions={
        <Button
          small
          disabled={!words.some(({ original }) => original)}
          onClick={() => lab.edit(withoutTargets)}
          data-testid="mlm-restore"
        >
          {t('mlm.restore')}
        </Button>
      }
    >
      <div className="tool-form">
        <Select
          label={t('mlm.unit')}
          testId="mlm-unit"
          value={plan.unit}
          options={MASKING_UNITS.map((unit) => ({ value: unit, label: t(`mlm.unit.${unit}`) }))}
          onChange={(unit) => setPlan({ ...plan, unit })}
        />
        <Slider
          label={t('mlm.ratio')}
          min={0.05}
          max={1}
          step={0.05}
          value={plan.ratio}
          format={(ratio) => `${Math.round(ratio * 100)} %`}
          onChange={(ratio) => setPlan({ ...plan, ratio })}
          testId="mlm-ratio"
        />
        <Segmented
          label={t('mlm.rule')}
          showLabel
          testId="mlm-rule"
          value={plan.rule}
          options={[
            {
              value: '80/10/10',
              label: t('mlm.rule.training'),
              title: t('mlm.rule.training.hint'),
            },
            { value: 'mask', label: t('mlm.rule.mask') },
          ]}
          onChange={(rule) => setPlan({ ...plan, rule })}
        />
        <IntegerField
          label={t('mlm.seed')}
          value={plan.seed}
          onChange={(seed) => setPlan({ ...plan, seed })}
          testId="mlm-seed"
        />
        <div className="row">
          <Button look="main" disabled={drawing} onClick={() => draw(plan)} data-testid="mlm-draw">
            {t('mlm.draw')}
          </Button>
          <Button disabled={drawing} onClick={() => draw({ ...plan, seed: plan.seed + 1 })} data-testid="mlm-again">
            {t('mlm.again')}
          </Button>
        </div>
      </div>
      <section aria-label={t('mlm.words')} className="word-toggles">
        {words.slice(0, CLICKABLE).map((token) => (
          <Button
            key={token.key}
            small
            className="mono"
            aria-pressed={token.original !== undefined}
            data-testid="mlm-word"
            onClick={() => toggle(token.key, token.original !== undefined)}
          >
            {token.original?.label ?? token.label}
          </Button>
        ))}
        {words.length > CLICKABLE && (
          <span className="hint">{t('mlm.words.more', { count: words.length - CLICKABLE })}</span>
        )}
      </section>
      {score && (
        <dl className="scores" data-testid="mlm-score">
          <Score name={t('mlm.predicted')} value={String(score.tokens)} />
          <Score name={t('mlm.accuracy')} value={formatPercent(score.accuracy)} />
          <Score name={t('mlm.top5')} value={formatPercent(score.top5)} />
          <Score name={t('mlm.perplexity')} value={perplexity(score.perplexity)} />
        </dl>
      )}
      {predictions.length > 0 ? (
        <MaskedWords run={run} predictions={predictions} labels={tokenizer.labels} />
      ) : (
        <p className="hint">{t('mlm.none')}</p>
      )}
    </Panel>
  )
}

function perplexity(value: number): string {
  if (value >= 1e6) return `> ${whole(1e6)}`
  return value < 100 ? decimal(value, value < 10 ? 2 : 1) : whole(value)
}

function Score({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="mono">{value}</dd>
    </div>
  )
}
