import { useMemo, useState } from 'react'
import { HeatGrid } from '../../../views/charts/HeatGrid.tsx'
import { LineCurve } from '../../../views/charts/LineCurve.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useOwnJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { type Leak, leak } from '../state/experiments/leak.ts'
import { t } from '../words/words.ts'
import { JobNote } from './JobNote.tsx'
import type { BatchToolProps } from './props.ts'

const SIDES = ['right', 'left'] as const

/** PAD that can be read, 0 … 64 of them: what attention it takes, head by head, and how the answer moves. */
export default function LeakTool({ lab, engine, run }: BatchToolProps) {
  const { look } = useLab(lab.store)
  const [side, setSide] = useState<(typeof SIDES)[number]>(run.model.causal ? 'left' : 'right')
  const [at, setAt] = useState(Number.POSITIVE_INFINITY)
  const row = Math.min(look.row, run.assembled.rows - 1)
  const sequence = run.assembled.standing.find((one) => one.row === row)?.sequence ?? 0
  const of = useMemo(() => ({ run, sequence, side, layer: look.layer }), [run, sequence, side, look.layer])
  const job = useOwnJob<Leak[]>(() => leak(engine, run, { sequence, side, layer: look.layer }), of)
  const found = job.result ?? []
  const chosen = found.findLast(({ pads }) => pads <= at)
  const { layers, heads } = run.info
  const mean = (mass: Float32Array) => {
    const known = mass.filter((share) => !Number.isNaN(share))
    return known.reduce((sum, share) => sum + share, 0) / known.length
  }
  return (
    <Chart
      title={t('tool.leak')}
      lead={t('leak.lead', { number: sequence + 1 })}
      made={madeBy(lab, run)}
      table={{
        columns: [
          t('leak.pads'),
          t('leak.mass'),
          t('contamination.logits'),
          t('contamination.state'),
          t('contamination.loss'),
        ],
        rows: found.map(({ pads, mass, change }) => [pads, mean(mass), change.logits, change.state, change.loss]),
      }}
      testId="leak"
    >
      <Segmented
        label={t('side')}
        showLabel
        value={side}
        options={SIDES.map((value) => ({ value, label: t(`side.${value}`) }))}
        onChange={setSide}
        testId="leak-side"
      />
      <JobNote job={job} />
      {chosen && (
        <>
          <LineCurve
            name={t('leak.curve')}
            xName={t('leak.pads')}
            yName={t('leak.mass')}
            yFormat={formatPercent}
            height={190}
            series={[
              { name: t('leak.mass.short'), points: found.map(({ pads, mass }) => ({ x: pads, y: mean(mass) })) },
            ]}
          />
          <LineCurve
            name={t('leak.change')}
            xName={t('leak.pads')}
            yName={t('leak.delta')}
            height={190}
            series={[
              { name: t('leak.logits'), points: found.map(({ pads, change }) => ({ x: pads, y: change.logits })) },
              { name: t('leak.loss'), points: found.map(({ pads, change }) => ({ x: pads, y: change.loss })) },
            ]}
          />
          <Segmented
            small
            showLabel
            label={t('leak.pads')}
            value={String(chosen.pads)}
            options={found.map(({ pads }) => ({ value: String(pads), label: String(pads) }))}
            onChange={(pads) => setAt(Number(pads))}
            testId="leak-pads"
          />
          <HeatGrid
            name={t('leak.heads', { count: chosen.pads })}
            rows={Array.from({ length: layers }, (_, l) => t('leak.layer', { layer: l + 1 }))}
            columns={Array.from({ length: heads }, (_, h) => t('leak.head', { head: h + 1 }))}
            values={chosen.mass}
            bound={1}
            format={formatPercent}
          />
          <p className="hint">{t(run.model.causal ? 'leak.causal' : 'leak.hint')}</p>
        </>
      )}
    </Chart>
  )
}
