import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { decimal } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useJob } from '../../shared/useJob.ts'
import { madeBy } from '../provenance.ts'
import { nameOfRow } from '../said.ts'
import { DRAWN } from '../state/scene.ts'
import { ATLAS_SCENES, classEntropy, measureSlots, type Slot, type SlotAtlas } from '../state/sets.ts'
import { t } from '../words/words.ts'
import type { DetectToolProps } from './props.ts'

/** Where each query puts its boxes over many scenes, and whether it prefers a class. */
export default function SlotsTool({ lab, engine, run }: DetectToolProps) {
  const atlas = useJob<SlotAtlas>(async (step) => measureSlots(engine, run, await lab.draw(), step), run.doc)
  const { result } = atlas
  if (run.asking.length === 0) return <p className="hint">{t('found.nobody')}</p>
  return (
    <Panel help={null} title={t('slots.title')} lead={t('slots.lead', { scenes: ATLAS_SCENES })} testId="slots">
      <JobBar {...atlas} action={t('slots.run')} onStart={atlas.start} onStop={atlas.stop} testId="slots-job" />
      {result && result.scenes > 0 && (
        <Chart
          title={t('slots.chart', { scenes: result.scenes })}
          lead={t('slots.colours', { most: decimal(Math.log2(DRAWN.length), 2) })}
          made={madeBy(lab, run)}
          formats={['csv', 'json']}
          table={{
            columns: [
              t('found.query'),
              t('slots.share'),
              t('slots.entropy'),
              ...AXES.map((axis) => t(`slots.${axis}`)),
            ],
            rows: result.slots.map((slot, row) => [
              nameOfRow(run, row),
              slot.boxes.length / result.scenes,
              slot.labels.length === 0 ? Number.NaN : classEntropy(slot.labels),
              ...AXES.map((axis) => mean(slot, axis)),
            ]),
          }}
        >
          <ol className="slots">
            {result.slots.map((slot, row) => (
              <li key={run.asking[row]?.place ?? row} data-testid="slot">
                <b>{nameOfRow(run, row)}</b>
                <SlotPicture slot={slot} name={nameOfRow(run, row)} />
                <span className="hint">
                  {t('slots.says', {
                    share: formatPercent(1 - slot.boxes.length / result.scenes),
                    bits: slot.labels.length === 0 ? '–' : decimal(classEntropy(slot.labels), 2),
                  })}
                </span>
              </li>
            ))}
          </ol>
        </Chart>
      )}
    </Panel>
  )
}

const AXES = ['x', 'y', 'width', 'height'] as const

function mean({ boxes }: Slot, axis: (typeof AXES)[number]): number {
  return boxes.reduce((sum, box) => sum + box[axis], 0) / boxes.length
}

/** Larger than this share of the picture's side a box counts as large, smaller than that as small. */
const SMALL = 0.35
const LARGE = 0.55

function SlotPicture({ slot: { boxes }, name }: { slot: Slot; name: string }) {
  return (
    <svg className="slot" viewBox="0 0 1 1" role="img" aria-label={t('slots.alt', { name, count: boxes.length })}>
      {boxes.map(({ x, y, width, height }, i) => {
        const side = Math.sqrt(width * height)
        const size = side < SMALL ? 'small' : side < LARGE ? 'middle' : 'large'
        // biome-ignore lint/suspicious/noArrayIndexKey: boxes come in the order of the scenes
        return <circle key={i} cx={x} cy={y} r={0.018} data-size={size} />
      })}
    </svg>
  )
}
