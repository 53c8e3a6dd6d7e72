import { useMemo, useState } from 'react'
import type { LoadedModel } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { Histogram } from '../../../views/charts/Histogram.tsx'
import { IntegerField } from '../../../views/primitives/IntegerField.tsx'
import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { binned } from '../../../viz/histogram.ts'
import { decimal } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { type EndPlan, hasRules, NO_PLAN } from '../state/experiments/ends.ts'
import { drawSamples, type Sample, type SampleFacts, sampleFacts } from '../state/experiments/samples.ts'
import { EditedNote } from './EditedNote.tsx'
import { isTrained, shownOf, textOf } from './experiment.ts'
import type { GenerateToolProps } from './props.ts'
import { ScrollTable } from './ScrollTable.tsx'
import { t } from './words/words.ts'

const COLDEST = 0.001
const BINS = 16
const SHOWN = 6

export interface EndSamplesProps extends GenerateToolProps {
  model: LoadedModel
  tokenizer: TokenizerInfo
  plan: EndPlan
  /** How many first tokens the prompt has; all where nothing was written. */
  prompt: number
}

interface Both {
  before: Sample[]
  after: Sample[]
}

/** What is written from the prompt with many seeds, without the rules about the end and with them. */
export function EndSamples({ lab, engine, run, model, tokenizer, plan, prompt }: EndSamplesProps) {
  const { doc } = useLab(lab.store)
  const [count, setCount] = useState(32)
  const [seed, setSeed] = useState(1)
  const [length, setLength] = useState(64)
  const ids = run.request.input.ids.slice(0, prompt > 0 ? prompt : undefined)
  const temperature = doc?.sampling.temperature ?? 1
  const of = useMemo(() => ids.join(), [ids])
  const job = useJob<Both>(
    async (step) => {
      const maxNewTokens = Math.min(length, model.info.maxTokens - ids.length + 1)
      const drawing = { count, seed, maxNewTokens, temperature: Math.max(COLDEST, temperature) }
      const before = await drawSamples(engine, model, ids, { ...drawing, ends: NO_PLAN }, (done, all, soFar = []) =>
        step(done, hasRules(plan) ? 2 * all : all, { before: soFar, after: [] }),
      )
      // Without a rule the same seeds draw the same texts.
      if (!hasRules(plan)) return { before, after: before }
      const after = await drawSamples(engine, model, ids, { ...drawing, ends: plan }, (done, all, soFar = []) =>
        step(all + done, 2 * all, { before, after: soFar }),
      )
      return { before, after }
    },
    `${model.id} ${of} ${JSON.stringify(plan)}`,
  )
  const facts = useMemo(
    () => job.result && { before: sampleFacts(job.result.before), after: sampleFacts(job.result.after) },
    [job.result],
  )
  const columns = [t('samples.measure'), t('samples.before'), t('samples.after')]
  const rows = facts ? MEASURES.map((measure) => [measure, facts.before[measure], facts.after[measure]] as const) : []
  const lengths = (samples: readonly Sample[]) => samples.map(({ tokens }) => tokens.length)
  return (
    <Chart
      title={t('samples')}
      lead={t('samples.lead', { temperature: decimal(temperature, 2) })}
      made={madeBy(lab, run)}
      table={{
        columns,
        rows: rows.map(([measure, before, after]) => [t(`samples.${NAMES[measure]}`), before, after]),
      }}
      formats={job.result ? undefined : ['csv', 'json']}
      testId="samples"
    >
      <div className="tool-form experiment-form">
        <Slider
          label={t('samples.count')}
          min={4}
          max={64}
          step={4}
          value={count}
          onChange={setCount}
          testId="samples-count"
        />
        <Slider
          label={t('samples.length')}
          min={8}
          max={128}
          step={8}
          value={length}
          onChange={setLength}
          testId="samples-length"
        />
        <IntegerField label={t('samples.seed')} value={seed} onChange={setSeed} testId="samples-seed" />
      </div>
      <EditedNote run={run} />
      {isTrained(shownOf(run, model)) ? (
        <JobBar action={t('samples.draw')} {...job} onStart={job.start} onStop={job.stop} testId="samples-job" />
      ) : (
        <p className="hint">{t('untrained')}</p>
      )}
      {job.result && facts && (
        <>
          <ScrollTable name={t('samples')} columns={columns} className="table-wraps" testId="samples-facts">
            {rows.map(([measure, ...both]) => (
              <tr key={measure} data-measure={measure}>
                <th scope="row">
                  {t(`samples.${NAMES[measure]}`)}{' '}
                  {measure === 'meanLogProbability' && <span className="hint">{t('samples.log.hint')}</span>}
                </th>
                {both.map((value, i) => (
                  <td key={columns[i + 1]} className="mono">
                    {printed(measure, value)}
                  </td>
                ))}
              </tr>
            ))}
          </ScrollTable>
          <Histogram
            name={t('samples.lengths')}
            bins={binned([lengths(job.result.before), lengths(job.result.after)], BINS)}
            series={[t('samples.before'), t('samples.after')]}
            xName={t('samples.tokens')}
            yName={t('samples.samples')}
          />
          <h4>{t('samples.texts')}</h4>
          <ol className="sample-texts">
            {(job.result.after.length > 0 ? job.result.after : job.result.before)
              .slice(0, SHOWN)
              .map(({ tokens }, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: samples have no other name
                <li key={i}>{textOf(tokenizer, tokens)}</li>
              ))}
          </ol>
        </>
      )}
    </Chart>
  )
}

const MEASURES = ['count', 'meanLength', 'ends', 'distinct1', 'distinct2', 'repetition4', 'meanLogProbability'] as const
const NAMES = {
  count: 'count',
  meanLength: 'mean',
  ends: 'ends',
  distinct1: 'distinct1',
  distinct2: 'distinct2',
  repetition4: 'repetition4',
  meanLogProbability: 'log',
} as const satisfies Record<keyof SampleFacts, string>

function printed(measure: keyof SampleFacts, value: number): string {
  if (Number.isNaN(value)) return '–'
  if (measure === 'count') return String(value)
  if (measure === 'ends' || measure === 'repetition4') return formatPercent(value)
  return decimal(value, measure === 'meanLength' ? 1 : 3)
}
