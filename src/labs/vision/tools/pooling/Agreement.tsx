import { useMemo } from 'react'
import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { NoHeads } from '../../../../views/readouts/NoHeads.tsx'
import { formatPercent } from '../../../../viz/format.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { useJob } from '../../../shared/useJob.ts'
import { headTitle } from '../../comparison.ts'
import { madeBy } from '../../provenance.ts'
import { agreementOf, type Judged, judgeSamples } from '../../state/agreement.ts'
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
      <p>
        Every sample photo through the model as it is set up now, in its largest square, and the best class of each
        head.
      </p>
      <JobBar
        action={`Run all ${samples.length} samples`}
        {...job}
        onStart={job.start}
        onStop={job.stop}
        testId="run-samples"
      />
      {judged.length > 0 && (
        <Chart
          title="The class of every sample by every head"
          lead={agreementSentence(judged)}
          made={madeBy(lab, run)}
          table={{
            columns: [
              'sample',
              'shows',
              ...heads.flatMap((head) => [headTitle(head), `probability, ${head}`]),
              'agree',
            ],
            rows: judged.map(({ sample, truth, answers }) => [
              sample.file,
              truth ?? 'none of the classes',
              ...answers.flatMap(({ label, probability }) => [label, probability]),
              answers.every(({ label }) => label === answers[0]?.label) ? 'yes' : 'no',
            ]),
          }}
          testId="agreement-chart"
        >
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
          <section className="table-scroll" tabIndex={0} aria-label="The class of every sample by every head">
            <table className="table agreement">
              <thead>
                <tr>
                  <th scope="col">Sample</th>
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
                        {truth ?? 'none of the classes'}
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
  const names: Record<string, string> = { classifier: '[CLS]', average: 'the average', attention: 'attention pooling' }
  const name = (head: string) => names[head] ?? head
  const agree = pairs.map(({ heads: [a, b], agree: n }) => `${name(a)} and ${name(b)} on ${n}`).join(', ')
  const correct = right.map(({ head, right: n }) => `${name(head)} ${n}`).join(', ')
  const together = pairs.length > 0 ? `All agree on ${all} of ${judged.length} photos; ${agree}.` : ''
  const scored =
    labelled > 0
      ? `Right, of the ${labelled} with a class: ${correct}.`
      : 'What the photos show is none of the model’s classes by name.'
  return [together, scored].filter(Boolean).join(' ')
}
