import { useState } from 'react'
import { LineCurve } from '../../../../views/charts/LineCurve.tsx'
import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { Segmented } from '../../../../views/primitives/Segmented.tsx'
import { Slider } from '../../../../views/primitives/Slider.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { decimal } from '../../../../words/numbers.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { useJob } from '../../../shared/useJob.ts'
import { useLab } from '../../../shared/useLab.ts'
import { help } from '../../help/help.ts'
import { madeBy } from '../../provenance.ts'
import { type RebuildCurves as Curves, FILLERS, type Filler, measureRebuilding } from '../../state/rebuilt.ts'
import type { VisionRun } from '../../state/run.ts'
import { t as lab } from '../../words/words.ts'
import type { VisionToolProps } from '../props.ts'
import { t } from './words/words.ts'

type Measure = 'psnr' | 'ssim'

interface RebuildCurvesProps extends VisionToolProps {
  /** The run with every patch read; another one makes the curves obsolete. */
  whole: VisionRun
  scores: ArrayLike<number> | null
}

/** PSNR or SSIM against the share of patches that is hidden: the model and both baselines. */
export function RebuildCurves(props: RebuildCurvesProps) {
  const { engine, whole, scores } = props
  const { masking } = useLab(props.lab.store).look
  const [draws, setDraws] = useState(3)
  const strategy = masking.strategy === 'hand' ? 'random' : masking.strategy
  const { result, ...job } = useJob<Curves>(
    (step) =>
      measureRebuilding(engine, { whole, strategy, scores: scores ?? undefined, draws, seed: masking.seed }, step),
    whole,
  )
  return (
    <Panel help={help('rebuild-curves')} title={t('curves.title')} testId="rebuild-curves">
      <div className="tool-form">
        <Slider
          label={t('curves.draws')}
          value={draws}
          min={1}
          max={10}
          disabled={job.status === 'running'}
          onChange={setDraws}
          testId="rebuild-draws"
        />
        <JobBar action={t('curves.run')} {...job} onStart={job.start} onStop={job.stop} testId="rebuild-job" />
      </div>
      {result && result.points.length > 0 && <CurveChart {...props} result={result} />}
    </Panel>
  )
}

/** Only what is drawn by lot has a seed. */
function leadOf({ strategy, draws, seed }: Curves['input']): string {
  const name = lab(`masking.${strategy}`)
  if (strategy !== 'random' && strategy !== 'block') return t('curves.lead', { strategy: name })
  return draws === 1
    ? t('curves.lead.seed', { strategy: name, seed })
    : t('curves.lead.means', { strategy: name, draws, seed })
}

function CurveChart({ lab: state, whole, result }: RebuildCurvesProps & { result: Curves }) {
  const [measure, setMeasure] = useState<Measure>('psnr')
  const { points, input } = result
  const name = t(measure)
  const value = (point: Curves['points'][number], filler: Filler) => point.qualities[filler][measure]
  return (
    <>
      <Segmented
        label={t('curves.measure')}
        small
        value={measure}
        options={(['psnr', 'ssim'] as const).map((one) => ({ value: one, label: t(one), title: t(`${one}.hint`) }))}
        onChange={setMeasure}
        testId="rebuild-measure"
      />
      <Chart
        title={`${t('curves.title')}: ${name}`}
        lead={leadOf(input)}
        made={madeBy(state, whole)}
        table={{
          columns: [t('curves.ratio'), ...FILLERS.map((filler) => t(`filler.${filler}`))],
          rows: points.map((point) => [point.ratio, ...FILLERS.map((filler) => value(point, filler))]),
        }}
        testId="rebuild-curve"
      >
        <LineCurve
          name={name}
          series={FILLERS.map((filler) => ({
            name: t(`filler.${filler}`),
            points: points
              .map((point) => ({ x: point.ratio, y: value(point, filler) }))
              .filter(({ y }) => !Number.isNaN(y)),
          }))}
          xName={t('curves.axis')}
          yName={name}
          xFormat={(share) => `${Math.round(share * 100)} %`}
          yFormat={(one) => decimal(one, measure === 'psnr' ? 0 : 2)}
        />
      </Chart>
    </>
  )
}
