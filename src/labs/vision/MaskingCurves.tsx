import { useState } from 'react'
import type { Engine } from '../../state/engine.ts'
import { LineCurve } from '../../views/charts/LineCurve.tsx'
import { headName } from '../../views/maps/types.ts'
import { JobBar } from '../../views/primitives/JobBar.tsx'
import { Select } from '../../views/primitives/Select.tsx'
import { Slider } from '../../views/primitives/Slider.tsx'
import { Chart } from '../shared/Chart.tsx'
import { useJob } from '../shared/useJob.ts'
import { useLab } from '../shared/useLab.ts'
import { headTitle } from './comparison.ts'
import { madeBy } from './provenance.ts'
import type { VisionLab } from './state/lab.ts'
import {
  CURVE_STRATEGIES,
  type CurvePoint,
  type MaskingCurves as Curves,
  measureCurves,
} from './state/masking_curve.ts'
import type { VisionRun } from './state/run.ts'
import { t } from './words/words.ts'

const percent = (share: number) => `${Math.round(share * 100)} %`

interface MaskingCurvesProps {
  lab: VisionLab
  engine: Engine
  /** The run with every patch read; another one makes the curves obsolete. */
  whole: VisionRun
}

/** The probability of a class against the share of patches that is silenced, a curve for each strategy. */
export function MaskingCurves({ lab, engine, whole }: MaskingCurvesProps) {
  const { layer, head, masking } = useLab(lab.store).look
  const [draws, setDraws] = useState(3)
  const { as, seed } = masking
  const { result, ...job } = useJob<Curves>(
    (step) => measureCurves(engine, { whole, as, layer, head, draws, seed }, step),
    whole,
  )
  return (
    <section className="figure" aria-labelledby="masking-curves">
      <h3 id="masking-curves">{t('curves.title')}</h3>
      <div className="tool-form">
        <Slider
          label={t('curves.draws')}
          value={draws}
          min={1}
          max={20}
          disabled={job.status === 'running'}
          onChange={setDraws}
          testId="curve-draws"
        />
        <JobBar action={t('curves.run')} {...job} onStart={job.start} onStop={job.stop} testId="curve-job" />
      </div>
      {result && <CurveChart lab={lab} result={result} />}
    </section>
  )
}

function CurveChart({ lab, result }: { lab: VisionLab; result: Curves }) {
  const { points, input } = result
  const { whole } = input
  const { labels } = whole.model.info
  const heads = Object.keys(points[0]?.probabilities ?? {})
  const [chosenHead, setHead] = useState<string | null>(null)
  const [chosenClass, setClass] = useState<number | null>(null)
  const head = chosenHead && heads.includes(chosenHead) ? chosenHead : (heads[0] ?? '')
  const names = labels[head] ?? []
  const start = points[0]?.probabilities[head] ?? new Float64Array()
  const best = start.reduce((top, value, k) => (value > (start[top] as number) ? k : top), 0)
  const shown = chosenClass ?? best
  const name = names[shown] ?? t('curves.unnamed', { number: shown })
  const value = ({ probabilities }: CurvePoint) => probabilities[head]?.[shown] ?? Number.NaN
  const of = (strategy: CurvePoint['strategy']) => points.filter((point) => point.strategy === strategy)
  const silenced = t(`curves.${input.as}`)
  const averaged =
    input.draws === 1
      ? t('curves.seed', { seed: input.seed })
      : t('curves.means', { count: input.draws, seed: input.seed })
  return (
    <>
      <div className="tool-form">
        <Select
          label={t('curves.readout')}
          value={head}
          options={heads.map((one) => ({ value: one, label: headTitle(one) }))}
          onChange={setHead}
          testId="curve-head"
        />
        <Select
          label={t('curves.class')}
          value={String(shown)}
          options={names.map((one, k) => ({
            value: String(k),
            label: k === best ? t('curves.best', { name: one }) : one,
          }))}
          onChange={(one) => setClass(Number(one))}
          testId="curve-class"
        />
      </div>
      <Chart
        title={t('curves.chart', { name })}
        lead={t('curves.lead', { readout: headTitle(head), silenced, head: headName(input), averaged })}
        made={madeBy(lab, whole)}
        table={{
          columns: [t('curves.strategy'), t('curves.share'), t('curves.probability', { name })],
          rows: points.map((point) => [t(`curves.${point.strategy}`), point.ratio, value(point)]),
        }}
        testId="masking-curve"
      >
        <LineCurve
          name={t('curves.name', { name })}
          series={CURVE_STRATEGIES.map((strategy) => ({
            name: t(`curves.${strategy}`),
            points: of(strategy).map((point) => ({ x: point.ratio, y: value(point) })),
          }))}
          xName={t('curves.axis')}
          yName={t('curves.probability', { name })}
          yDomain={[0, 1]}
          xFormat={percent}
          yFormat={percent}
        />
      </Chart>
    </>
  )
}
