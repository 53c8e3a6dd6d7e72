import { useMemo } from 'react'
import { setStatus } from '../../../../sequence/edit.ts'
import type { Measured } from '../../../../state/key_effect.ts'
import { FilmFrame } from '../../../../views/photo/FilmStrip.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../../viz/format.ts'
import { peak } from '../../../../viz/matrix.ts'
import { numbered } from '../../../../viz/table.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { canvasOf } from '../../../shared/canvases.ts'
import { CausalCheck, strengthOf } from '../../../shared/reads/CausalCheck.tsx'
import { useKeyEffects } from '../../../shared/reads/useKeyEffects.ts'
import { useReads } from '../../../shared/reads/useReads.ts'
import { useLab } from '../../../shared/useLab.ts'
import { taskName } from '../names.ts'
import { madeBy } from '../provenance.ts'
import { answersOf, onGrid, rowOfKey } from '../state/readings.ts'
import { type PictureRun, runPicture } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { PictureToolProps } from './props.ts'

const SIDE = 120

/** Beside what the chosen token reads: what masking each of those keys does to the answers. */
export default function CauseTool({ lab, engine, run }: PictureToolProps) {
  const { look } = useLab(lab.store)
  const row = Math.max(0, rowOfKey(run, look.query))
  const labels = useMemo(
    () => run.tokens.map(({ kind, label }) => (kind === 'patch' ? t('patch.one', { patch: label }) : label)),
    [run],
  )
  const { shares, most, all } = useReads(run, row, look.head)
  const before = useMemo(() => measured(run), [run])
  const checks = useKeyEffects({
    run,
    before,
    wanted: most === null ? [] : [most],
    all,
    without: async (key) => {
      const sequence = setStatus(run.doc.sequence, [run.tokens[key]?.key ?? -1], 'masked')
      return measured(
        await runPicture(engine, { ...run, doc: { ...run.doc, sequence }, layer: 0 }, { attentions: false }),
      )
    },
  })
  const token = labels[row] ?? ''
  const needs = labels.map((_, key) => strengthOf(checks.effects.get(key), row))
  const every = all.length > 0 && all.every((key) => checks.effects.has(key))
  const frames = [
    { name: t('cause.reads', { token }), values: onGrid(run, shares) },
    ...(every ? [{ name: t('cause.needs'), values: onGrid(run, needs.map(known)) }] : []),
  ]
  return (
    <Panel help={null} title={t('cause.title', { token })} lead={t('cause.lead')} testId="cause">
      <Chart
        title={t('cause.title', { token })}
        made={madeBy(lab, run)}
        formats={['csv', 'json']}
        table={{
          columns: [t('cause.column'), ...numbered(labels)],
          rows: [
            [t('cause.reads', { token }), ...shares],
            [t('cause.needs'), ...needs],
          ],
        }}
      >
        <div className="vision-pixels">
          {frames.map(({ name, values }) => (
            <figure key={name}>
              <FilmFrame
                image={canvasOf(run.sharp)}
                rows={run.grid.rows}
                columns={run.grid.columns}
                values={values}
                overlay={OVERLAY}
                bound={peak(values)}
                size={SIDE}
              />
              <figcaption className="hint">{t('cause.peak', { name, peak: formatPercent(peak(values)) })}</figcaption>
            </figure>
          ))}
        </div>
      </Chart>
      <CausalCheck
        token={token}
        row={row}
        labels={labels}
        shares={shares}
        most={most}
        all={all}
        question={taskName}
        {...checks}
      />
    </Panel>
  )
}

const OVERLAY = { opacity: 0.75 }

/** The token itself was not masked: over the picture it shows nothing. */
function known(value: number): number {
  return Number.isNaN(value) ? 0 : value
}

function measured(run: PictureRun): Measured {
  return {
    readouts: answersOf(run),
    last: run.result.hiddenStates.at(-1) ?? { dims: [0, 0], data: new Float32Array() },
  }
}
