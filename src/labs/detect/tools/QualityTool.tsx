import { LineCurve } from '../../../views/charts/LineCurve.tsx'
import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { decimal } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { DUPLICATE_IOU, suppressed } from '../state/boxes.ts'
import { averagePrecision, type Judged, qualityAt } from '../state/precision.ts'
import { judgeAll } from '../state/sets.ts'
import { useScenes } from '../useScenes.ts'
import { t } from '../words/words.ts'
import type { DetectToolProps } from './props.ts'

const THRESHOLDS = Array.from({ length: 20 }, (_, i) => i / 20)

/** Precision and recall over the threshold, and average precision, on the sample scenes; with suppression and without. */
export default function QualityTool({ lab, engine, run, scenes }: DetectToolProps) {
  const { look } = useLab(lab.store)
  const readScenes = useScenes(engine, scenes)
  const judged = useJob<Judged[]>(async (step) => judgeAll(engine, run, await readScenes(), step), run.doc)
  const bar = (
    <JobBar {...judged} action={t('quality.run')} onStart={judged.start} onStop={judged.stop} testId="quality-job" />
  )
  if (judged.status !== 'done' || !judged.result) {
    return (
      <Panel
        help={null}
        title={t('quality.title')}
        lead={t('quality.lead', { scenes: scenes.length })}
        testId="quality"
      >
        {bar}
      </Panel>
    )
  }
  const plain = judged.result
  const without = plain.map(
    ({ objects, detections }): Judged => ({ objects, detections: suppressed(detections, DUPLICATE_IOU) }),
  )
  const shown = look.nms ? without : plain
  const points = THRESHOLDS.map((threshold) => ({ threshold, ...qualityAt(shown, threshold) }))
  const at = qualityAt(shown, look.threshold)
  const aps = { plain: decimal(averagePrecision(plain), 3), nms: decimal(averagePrecision(without), 3) }
  return (
    <Panel help={null} title={t('quality.title')} lead={t('quality.lead', { scenes: scenes.length })} testId="quality">
      {bar}
      <p data-testid="quality-at">
        {t('quality.at', {
          threshold: formatPercent(look.threshold),
          precision: at.said === 0 ? '–' : formatPercent(at.precision),
          recall: formatPercent(at.recall),
          right: at.right,
          said: at.said,
          objects: at.objects,
        })}
      </p>
      <p data-testid="quality-ap">{t('quality.ap', aps)}</p>
      <Chart
        title={t(look.nms ? 'quality.curve.nms' : 'quality.curve')}
        made={madeBy(lab, run)}
        table={{
          columns: [t('threshold'), t('quality.precision'), t('masks.recall')],
          rows: points.map(({ threshold, precision, recall }) => [threshold, precision, recall]),
        }}
      >
        <LineCurve
          name={t('quality.curve')}
          xName={t('threshold')}
          yName={t('quality.axis')}
          yDomain={[0, 1]}
          yFormat={formatPercent}
          xFormat={formatPercent}
          series={[
            {
              name: t('quality.precision'),
              points: points
                .filter(({ said }) => said > 0)
                .map(({ threshold, precision }) => ({ x: threshold, y: precision })),
            },
            { name: t('masks.recall'), points: points.map(({ threshold, recall }) => ({ x: threshold, y: recall })) },
          ]}
        />
      </Chart>
    </Panel>
  )
}
