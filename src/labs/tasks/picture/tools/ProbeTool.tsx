import { HeatGrid } from '../../../../views/charts/HeatGrid.tsx'
import { useTheme } from '../../../../views/hooks/useTheme.ts'
import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../../viz/format.ts'
import { matrixSvg } from '../../../../viz/matrix_svg.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { useJob } from '../../../shared/useJob.ts'
import { taskName } from '../names.ts'
import { placeName } from '../places.ts'
import { madeBy } from '../provenance.ts'
import { type ProbeMatrix, probeEverywhere, type Tally, variationsOf } from '../state/many.ts'
import { usePhotos } from '../usePhotos.ts'
import { t } from '../words/words.ts'
import type { PictureToolProps } from './props.ts'

/** Mirrored or not, four turns, three rims. */
const VARIATIONS = 2 * 4 * 3

/** The accuracy of every head on every class token and on both means, over many pictures: who knows what. */
export default function ProbeTool({ lab, engine, run, samples }: PictureToolProps) {
  const theme = useTheme()
  const photos = usePhotos(lab, samples)
  const job = useJob<ProbeMatrix>(
    async (step) => probeEverywhere(engine, run, variationsOf(await photos()), step),
    // The picture on screen does not matter: the samples have their own.
    `${run.model.id} ${JSON.stringify([run.doc.sequence.tokens, run.doc.reads, run.doc.ablated])}`,
  )
  const { result } = job
  const columns = [...(result?.places.map((place) => placeName(run, place)) ?? []), t('probe.blind')]
  const rows = result?.heads.map(taskName) ?? []
  const values = result?.tallies.flatMap((row, h) => [...row, result.blind[h] as Tally].map(shareOf)) ?? []
  const pictures = samples.length * VARIATIONS
  return (
    <Panel
      help={null}
      title={t('tool.probe')}
      lead={t('probe.lead', { photos: samples.length, pictures })}
      testId="probe"
    >
      <JobBar {...job} action={t('probe.run')} onStart={job.start} onStop={job.stop} testId="probe-job" />
      {result && result.pictures > 0 && (
        <Chart
          title={t('probe.title', { pictures: result.pictures })}
          lead={t('probe.chart.lead')}
          made={madeBy(lab, run)}
          table={{
            columns: [t('probe.head'), ...columns, t('probe.known')],
            rows: result.heads.map((head, h) => [
              taskName(head),
              ...(result.tallies[h] ?? []).map(shareOf),
              shareOf(result.blind[h] as Tally),
              result.blind[h]?.of ?? 0,
            ]),
          }}
          svg={() =>
            matrixSvg({
              values: Float32Array.from(values),
              rows,
              columns,
              title: t('probe.title', { pictures: result.pictures }),
              scale: 'ink',
              theme,
              bound: 1,
            })
          }
          testId="probe-chart"
        >
          <HeatGrid
            name={t('probe.title', { pictures: result.pictures })}
            rows={rows}
            columns={columns}
            values={values}
            bound={1}
            format={(value) => (Number.isNaN(value) ? '–' : formatPercent(value))}
          />
        </Chart>
      )}
      <p className="hint">{t('probe.honest')}</p>
    </Panel>
  )
}

function shareOf({ right, of }: Tally): number {
  return of > 0 ? right / of : Number.NaN
}
