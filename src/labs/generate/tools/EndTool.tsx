import { useMemo, useState } from 'react'
import { LineCurve } from '../../../views/charts/LineCurve.tsx'
import { Button } from '../../../views/primitives/Button.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { decimal } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { type EndPlan, hasRules, NO_PLAN, ruledEnds, sentenceEnds, stopping } from '../state/experiments/ends.ts'
import { probability } from '../state/next_facts.ts'
import { EndSamples } from './EndSamples.tsx'
import { PadIsEnd } from './PadIsEnd.tsx'
import type { GenerateToolProps } from './props.ts'
import { ScrollTable } from './ScrollTable.tsx'
import { t } from './words/words.ts'

const MOST_STEPS = 64

/** The probability of the end at every step, rules about it, and what they do to the lengths. */
export default function EndTool(props: GenerateToolProps) {
  const { lab, run } = props
  const { model, tokenizer } = useLab(lab.store)
  const [plan, setPlan] = useState<EndPlan>(NO_PLAN)
  const endTokens = useMemo(() => {
    const V = model?.info.vocabulary ?? 0
    return (model?.info.generates?.endTokens ?? []).filter((id) => id < V)
  }, [model])
  const sentenceEnd = tokenizer?.specials.eosent?.id
  const firstWritten = run.tokens.findIndex(({ origin }) => origin.type === 'written')
  const from = Math.max(1, firstWritten)
  /** Before each token from there on, and before the one that is to come. */
  const steps = useMemo(
    () =>
      run.next.slice(from - 1).map((logits) => {
        const end = endTokens.reduce((sum, token) => sum + probability(logits, token), 0)
        return { end, sentence: sentenceEnd === undefined ? Number.NaN : probability(logits, sentenceEnd) }
      }),
    [run, from, endTokens, sentenceEnd],
  )
  if (!model || !tokenizer) return null
  if (endTokens.length === 0) {
    return (
      <Panel help={null} title={t('end')} testId="end-tool">
        <p data-testid="no-end">{t('end.none')}</p>
      </Panel>
    )
  }
  const ends = steps.map(({ end }) => end)
  const ruled = ruledEnds(ends, plan)
  const stops = stopping(ruled)
  const ruling = hasRules(plan)
  const series = [
    { name: t('end.model'), values: ends },
    ...(ruling ? [{ name: t('end.ruled'), values: ruled }] : []),
    ...(sentenceEnd === undefined ? [] : [{ name: t('end.sentence'), values: steps.map(({ sentence }) => sentence) }]),
  ]
  return (
    <Panel
      help={null}
      title={t('end')}
      lead={t(firstWritten > 0 ? 'end.lead.written' : 'end.lead.whole')}
      testId="end-tool"
      actions={
        <Button small disabled={!ruling} onClick={() => setPlan(NO_PLAN)} data-testid="end-reset">
          {t('end.reset')}
        </Button>
      }
    >
      <EndRules plan={plan} onPlan={setPlan} />
      <div className="figures">
        <Chart
          title={t('end.curve')}
          lead={t('end.curve.lead', {
            stops: formatPercent(1 - stops.goesOn),
            expected: Number.isNaN(stops.expected) ? '–' : decimal(stops.expected, 1),
            rest: formatPercent(stops.goesOn),
          })}
          made={madeBy(lab, run)}
          table={{
            columns: [t('end.step'), t('token'), ...series.map(({ name }) => name), t('end.stops')],
            rows: ends.map((_, i) => [
              i + 1,
              run.tokens[from + i]?.label ?? '…',
              ...series.map(({ values }) => values[i] as number),
              stops.at[i] as number,
            ]),
          }}
          testId="end-curve"
        >
          <LineCurve
            name={t('end.curve')}
            xName={t('end.step')}
            yName={t('end.probability')}
            yDomain={[0, 1]}
            series={series.map(({ name, values }) => ({ name, points: values.map((y, i) => ({ x: i + 1, y })) }))}
          />
        </Chart>
        <SentenceEnds
          lacks={sentenceEnd === undefined}
          rows={sentenceEnds(
            run.tokens.slice(from).map(({ id }) => id === sentenceEnd),
            steps.map(({ sentence }) => sentence),
            ruled,
          )}
          made={madeBy(lab, run)}
        />
        <EndSamples {...props} model={model} tokenizer={tokenizer} plan={plan} prompt={firstWritten} />
        <PadIsEnd
          run={run}
          tokenizer={tokenizer}
          end={endTokens[0] as number}
          loss={-Math.log(ends.at(-1) as number)}
          made={madeBy(lab, run)}
        />
      </div>
    </Panel>
  )
}

function EndRules({ plan, onPlan }: { plan: EndPlan; onPlan: (plan: EndPlan) => void }) {
  const offAt0 = (value: number) => (value === 0 ? t('end.off') : String(value))
  return (
    <div className="tool-form experiment-form">
      <Slider
        label={t('end.bias')}
        hint={t('end.bias.hint')}
        min={-10}
        max={10}
        step={0.5}
        value={plan.bias}
        format={(value) => decimal(value, 1)}
        onChange={(bias) => onPlan({ ...plan, bias })}
        testId="end-bias"
      />
      <Slider
        label={t('end.suppress')}
        min={0}
        max={MOST_STEPS}
        value={plan.suppressUntil}
        format={offAt0}
        onChange={(suppressUntil) => onPlan({ ...plan, suppressUntil })}
        testId="end-suppress"
      />
      <Slider
        label={t('end.force')}
        min={0}
        max={MOST_STEPS}
        value={plan.forceAt ?? 0}
        format={offAt0}
        onChange={(step) => onPlan({ ...plan, forceAt: step === 0 ? null : step })}
        testId="end-force"
      />
      <Slider
        label={t('end.threshold')}
        min={0}
        max={1}
        step={0.01}
        value={plan.threshold ?? 0}
        format={(value) => (value === 0 ? t('end.off') : decimal(value, 2))}
        onChange={(threshold) => onPlan({ ...plan, threshold: threshold === 0 ? null : threshold })}
        testId="end-threshold"
      />
    </div>
  )
}

/** Where a sentence has ended, the model decides whether the text does. */
function SentenceEnds({
  rows,
  lacks,
  made,
}: {
  rows: ReturnType<typeof sentenceEnds>
  lacks: boolean
  made: ReturnType<typeof madeBy>
}) {
  const columns = [t('end.after'), t('end.sentence.here'), t('end.text.here'), t('end.text.stops')]
  return (
    <Chart
      title={t('end.sentences')}
      lead={t('end.sentences.lead')}
      made={made}
      formats={['csv', 'json']}
      table={{ columns, rows: rows.map(({ nth, sentence, text, stops }) => [nth, sentence, text, stops]) }}
      testId="sentence-ends"
    >
      {lacks || rows.length === 0 ? (
        <p className="hint">{t(lacks ? 'end.sentences.lacks' : 'end.sentences.none')}</p>
      ) : (
        <ScrollTable name={t('end.sentences')} columns={columns}>
          {rows.map(({ nth, sentence, text, stops }) => (
            <tr key={nth}>
              <th scope="row">{nth}</th>
              <td>{formatPercent(sentence)}</td>
              <td>{formatPercent(text)}</td>
              <td>{formatPercent(stops)}</td>
            </tr>
          ))}
        </ScrollTable>
      )}
    </Chart>
  )
}
