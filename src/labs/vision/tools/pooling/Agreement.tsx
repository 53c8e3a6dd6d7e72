import { useMemo } from 'react'
import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { NoHeads } from '../../../../views/readouts/NoHeads.tsx'
import { formatPercent } from '../../../../viz/format.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { useJob } from '../../../shared/useJob.ts'
import { HEADS, headTitle } from '../../comparison.ts'
import { madeBy } from '../../provenance.ts'
import { agreementOf, type Judged, judgeSamples } from '../../state/agreement.ts'
import { t } from '../../words/words.ts'
import type { VisionToolProps } from '../props.ts'

/** The class of every sample by every head: who is right, and who agrees. */
export function Agreement({ lab, engine, run, samples }: VisionToolProps) {
  const { model, sequence, mask, ablated, positionTable, side } = run.doc
  // The photo, its crop and its paint do not matter: the samples have their own.
  const judge = useMemo(
    () => ({ model, sequence, mask, ablated, positionTable, side }),
    [model, sequence, mask, ablated, positionTable, side],
  )
  const job = useJob<Judged[]>((step) => judgeSamples(engine, run, samples, step), judge)
  const judged = job.result ?? []
  const heads = judged[0]?.answers.map(({ head }) => head) ?? []
  if (Object.keys(run.model.info.labels).length === 0) return <NoHeads />
  return (
    <>
      <p>{t('agreement.text')}</p>
      <JobBar
        action={t('agreement.run', { count: samples.length })}
        {...job}
        onStart={job.start}
        onStop={job.stop}
        testId="run-samples"
      />
      {judged.length > 0 && (
        <Chart
          title={t('agreement.title')}
          lead={agreementSentence(judged)}
          made={madeBy(lab, run)}
          table={{
            columns: [
              t('agreement.sample'),
              t('agreement.shows'),
              ...heads.flatMap((head) => [headTitle(head), t('agreement.probability', { head })]),
              t('agreement.agree'),
            ],
            rows: judged.map(({ sample, truth, answers }) => [
              sample.file,
              truth ?? t('agreement.other'),
              ...answers.flatMap(({ label, probability }) => [label, probability]),
              t(answers.every(({ label }) => label === answers[0]?.label) ? 'agreement.yes' : 'agreement.no'),
            ]),
          }}
          testId="agreement-chart"
        >
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
          <section className="table-scroll" tabIndex={0} aria-label={t('agreement.title')}>
            <table className="table agreement">
              <thead>
                <tr>
                  <th scope="col">{t('agreement.sample.head')}</th>
                  {heads.map((head) => (
                    <th key={head} scope="col">
                      {headTitle(head)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {judged.map(({ sample, truth, answers }) => (
                  <tr key={sample.file}>
                    <th scope="row">
                      <span className="agreement-sample">
                        <img
                          className="agreement-photo"
                          src={sample.url}
                          alt=""
                          width={40}
                          height={40}
                          loading="lazy"
                        />
                        {truth ?? t('agreement.other')}
                      </span>
                    </th>
                    {answers.map(({ head, label, probability }) => (
                      <td key={head} data-right={truth === null ? undefined : label === truth}>
                        {truth !== null && (label === truth ? '✓ ' : '✗ ')}
                        {label} <span className="mono hint">{formatPercent(probability)}</span>
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </Chart>
      )}
    </>
  )
}

function agreementSentence(judged: readonly Judged[]): string {
  const { all, pairs, right, labelled } = agreementOf(judged)
  const agree = pairs.map(({ heads: [a, b], agree: count }) => t('agreement.pair', { a: short(a), b: short(b), count }))
  const correct = right.map(({ head, right: count }) => t('agreement.right', { head: short(head), count }))
  const together =
    pairs.length > 0 ? t('agreement.together', { all, count: judged.length, pairs: agree.join(', ') }) : ''
  const scored =
    labelled > 0 ? t('agreement.scored', { count: labelled, heads: correct.join(', ') }) : t('agreement.unknown')
  return [together, scored].filter(Boolean).join(' ')
}

/** A head's name inside a sentence. */
function short(head: string): string {
  const known = HEADS.find((one) => one === head)
  return known ? t(`agreement.${known}`) : head
}
