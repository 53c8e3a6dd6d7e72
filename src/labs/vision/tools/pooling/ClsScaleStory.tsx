import { clsTokens } from '../../../../sequence/cls.ts'
import type { Readout } from '../../../../state/readouts.ts'
import { LineCurve } from '../../../../views/charts/LineCurve.tsx'
import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { formatPercent } from '../../../../viz/format.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { useJob } from '../../../shared/useJob.ts'
import { headTitle } from '../../comparison.ts'
import { madeBy } from '../../provenance.ts'
import { CLS_SCALES, type ClsScales, measureClsScales } from '../../state/cls_scales.ts'
import type { VisionToolProps } from '../props.ts'

/** How far the layers are thrown off when CLS starts from 0.1 to 50 times the trained vector. */
export function ClsScaleStory({ lab, engine, run }: VisionToolProps) {
  const job = useJob<ClsScales>((step) => measureClsScales(engine, run, step), run)
  const measured = job.result?.scaled ?? []
  const states = measured[0]?.patches.map((_, state) => (state === 0 ? 'embeddings' : `after layer ${state}`)) ?? []
  if (clsTokens(run.doc.sequence).length === 0) return <p className="hint">There is no [CLS] in this run to scale.</p>
  return (
    <>
      <p>
        A [CLS] initialised on the wrong scale is a well-known pitfall: layer norm hides its length from the first
        attention, but the residual stream carries it through every layer. Measured against the same run with the
        trained vector.
      </p>
      <JobBar
        action={`Measure × ${CLS_SCALES[0]} to × ${CLS_SCALES.at(-1)}`}
        {...job}
        onStart={job.start}
        onStop={job.stop}
        testId="measure-cls"
      />
      {measured.length > 0 && (
        <Chart
          title="What a scaled [CLS] disturbs"
          lead="Patches: how far their hidden states moved, as a share of their length (the mean over patches). [CLS]: the cosine with its unscaled self; 1 is the same direction."
          made={madeBy(lab, run)}
          table={{
            columns: [
              'hidden state',
              ...measured.flatMap(({ scale }) => COLUMNS.map((column) => `× ${scale} ${column}`)),
            ],
            rows: states.map((name, s) => [
              name,
              ...measured.flatMap(({ patches, cls }) => [
                patches[s]?.change ?? Number.NaN,
                patches[s]?.cosine ?? Number.NaN,
                cls[s]?.change ?? Number.NaN,
                cls[s]?.cosine ?? Number.NaN,
              ]),
            ]),
          }}
          testId="cls-chart"
        >
          <div className="vision-models">
            <LineCurve
              name="Change of the patches"
              xName="layer"
              yName="patches: ‖change‖ / ‖state‖"
              xFormat={wholeLayers}
              series={measured.map(({ scale, patches }) => ({
                name: `× ${scale}`,
                points: patches.map(({ change }, x) => ({ x, y: change })),
              }))}
            />
            <LineCurve
              name="Direction of CLS"
              xName="layer"
              yName="[CLS]: cosine"
              yFormat={(y) => y.toFixed(1).replace('-', '−')}
              yDomain={[Math.min(0, ...measured.flatMap(({ cls }) => cls.map(({ cosine }) => cosine))), 1]}
              xFormat={wholeLayers}
              series={measured.map(({ scale, cls }) => ({
                name: `× ${scale}`,
                points: cls.map(({ cosine }, x) => ({ x, y: cosine })),
              }))}
            />
          </div>
          <ScaleAnswers scales={job.result} />
        </Chart>
      )}
    </>
  )
}

const COLUMNS = ['patches change', 'patches cosine', '[CLS] change', '[CLS] cosine']

const wholeLayers = (x: number) => (Number.isInteger(x) ? String(x) : '')

/** The best class of every head at every scale. */
function ScaleAnswers({ scales }: { scales: ClsScales | null }) {
  if (!scales) return null
  const columns = [{ scale: 1, readouts: scales.unscaled }, ...scales.scaled].sort((a, b) => a.scale - b.scale)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys
    <section className="table-scroll" tabIndex={0} aria-label="The class at every scale">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Start vector</th>
            {columns.map(({ scale }) => (
              <th key={scale} scope="col">
                × {scale}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scales.unscaled.map(({ id }) => (
            <tr key={id}>
              <th scope="row">{headTitle(id)}</th>
              {columns.map(({ scale, readouts }) => (
                <td key={scale}>{sayBest(readouts.find((readout) => readout.id === id))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function sayBest(readout: Readout | undefined): string {
  if (!readout) return '–'
  const most = Math.max(...readout.probabilities)
  return `${readout.names[readout.probabilities.indexOf(most)] ?? '?'} ${formatPercent(most)}`
}
