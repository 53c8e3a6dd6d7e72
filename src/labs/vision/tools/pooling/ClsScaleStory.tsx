import { clsTokens } from '../../../../sequence/cls.ts'
import { bestOf, type Readout } from '../../../../state/readouts.ts'
import { LineCurve } from '../../../../views/charts/LineCurve.tsx'
import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { formatPercent, formatValue } from '../../../../viz/format.ts'
import { decimal, exact } from '../../../../words/numbers.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { useJob } from '../../../shared/useJob.ts'
import { headTitle } from '../../comparison.ts'
import { madeBy } from '../../provenance.ts'
import { stateName } from '../../readings.ts'
import { CLS_SCALES, type ClsScales, measureClsScales } from '../../state/cls_scales.ts'
import { t } from '../../words/words.ts'
import type { VisionToolProps } from '../props.ts'

/** How far the layers are thrown off when CLS starts from 0.1 to 50 times the trained vector. */
export function ClsScaleStory({ lab, engine, run }: VisionToolProps) {
  const job = useJob<ClsScales>((step) => measureClsScales(engine, run, step), run)
  const measured = job.result?.scaled ?? []
  const states = measured[0]?.patches.map((_, state) => stateName(state)) ?? []
  if (clsTokens(run.doc.sequence).length === 0) return <p className="hint">{t('scales.none')}</p>
  return (
    <>
      <p>{t('scales.text')}</p>
      <JobBar
        action={t('scales.measure', { least: exact(Math.min(...CLS_SCALES)), most: exact(Math.max(...CLS_SCALES)) })}
        {...job}
        onStart={job.start}
        onStop={job.stop}
        testId="measure-cls"
      />
      {measured.length > 0 && (
        <Chart
          title={t('scales.title')}
          lead={t('scales.lead')}
          made={madeBy(lab, run)}
          table={{
            columns: [
              t('scales.state'),
              ...measured.flatMap(({ scale }) => COLUMNS.map((column) => t(column, { scale: exact(scale) }))),
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
              name={t('scales.change')}
              xName={t('layer.axis')}
              yName={t('scales.change.axis')}
              xFormat={wholeLayers}
              series={measured.map(({ scale, patches }) => ({
                name: `× ${exact(scale)}`,
                points: patches.map(({ change }, x) => ({ x, y: change })),
              }))}
            />
            <LineCurve
              name={t('scales.direction')}
              xName={t('layer.axis')}
              yName={t('scales.direction.axis')}
              yFormat={(y) => decimal(y, 1)}
              yDomain={[Math.min(0, ...measured.flatMap(({ cls }) => cls.map(({ cosine }) => cosine))), 1]}
              xFormat={wholeLayers}
              series={measured.map(({ scale, cls }) => ({
                name: `× ${exact(scale)}`,
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

const COLUMNS = ['scales.patches.change', 'scales.patches.cosine', 'scales.cls.change', 'scales.cls.cosine'] as const

const wholeLayers = (x: number) => (Number.isInteger(x) ? String(x) : '')

/** The best class of every head at every scale. */
function ScaleAnswers({ scales }: { scales: ClsScales | null }) {
  if (!scales) return null
  const columns = [{ scale: 1, readouts: scales.unscaled }, ...scales.scaled].sort((a, b) => a.scale - b.scale)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys
    <section className="table-scroll" tabIndex={0} aria-label={t('scales.answers')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('scales.start')}</th>
            {columns.map(({ scale }) => (
              <th key={scale} scope="col">
                × {exact(scale)}
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
  const best = bestOf(readout)
  const score = readout.scores[best] as number
  return `${readout.names[best] ?? '?'} ${readout.scoring === 'none' ? formatValue(score) : formatPercent(score)}`
}
