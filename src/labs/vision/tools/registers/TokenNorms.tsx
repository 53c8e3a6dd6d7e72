import { useMemo, useState } from 'react'
import { rowNorms } from '../../../../core/vectors.ts'
import { NormChart } from '../../../../views/charts/NormChart.tsx'
import { FilmStrip } from '../../../../views/photo/FilmStrip.tsx'
import { PhotoStage } from '../../../../views/photo/PhotoStage.tsx'
import { Slider } from '../../../../views/primitives/Slider.tsx'
import { peak } from '../../../../viz/matrix.ts'
import { OUTLIER_MADS, outliers } from '../../../../viz/outliers.ts'
import { numbered } from '../../../../viz/table.ts'
import { exact } from '../../../../words/numbers.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { canvasOf } from '../../../shared/canvases.ts'
import { mapTokens } from '../../../shared/tokens.ts'
import { madeBy } from '../../provenance.ts'
import { onGrid, stateName } from '../../readings.ts'
import { t } from '../../words/words.ts'
import type { VisionToolProps } from '../props.ts'

const OVERLAY = { opacity: 0.7 }

/** Norms layer by layer, as a chart and on the photo, where patches that stand out are ringed. */
export function TokenNorms({ lab, run }: VisionToolProps) {
  const last = run.result.hiddenStates.length - 1
  const [wanted, setWanted] = useState(last)
  const state = Math.min(wanted, last)
  const norms = useMemo(() => run.result.hiddenStates.map(({ data, dims }) => rowNorms(data, dims.at(-1) ?? 1)), [run])
  const patchRows = useMemo(() => run.tokens.flatMap(({ kind }, row) => (kind === 'patch' ? [row] : [])), [run])
  // Special tokens have norms of their own: a patch stands out among the patches.
  const odd = useMemo(
    () =>
      norms.map((values) => outliers(patchRows.map((row) => values[row] as number)).map((i) => patchRows[i] as number)),
    [norms, patchRows],
  )
  const frames = useMemo(
    () =>
      norms.map((values, s) => ({
        name: stateName(s),
        values: onGrid(run, values),
        note: t('norms.note', { count: odd[s]?.length ?? 0 }),
      })),
    [run, norms, odd],
  )
  const tokens = useMemo(() => mapTokens(run.tokens), [run])
  const bound = Math.max(...norms.map(peak))
  const shown = norms[state]
  if (!shown) return <p className="hint">{t('norms.none')}</p>
  const places = odd[state] ?? []
  const labels = run.tokens.map((token) => token.label)
  const marked = places.flatMap((row) => {
    const origin = run.tokens[row]?.origin
    return origin?.type === 'patch' ? [origin.patch] : []
  })
  return (
    <>
      <Slider
        label={t('layer')}
        value={state}
        min={0}
        max={last}
        format={stateName}
        onChange={setWanted}
        testId="norm-layer"
      />
      <div className="vision-split">
        <PhotoStage
          image={canvasOf(run.sharp)}
          alt={t('norms.alt', { photo: run.photo.name, state: stateName(state) })}
          rows={run.grid.rows}
          columns={run.grid.columns}
          values={onGrid(run, shown)}
          bound={bound}
          readAs={(norm) => t('norms.value', { norm })}
          marked={marked}
          overlay={OVERLAY}
          maxSize={340}
        />
        <Chart
          title={t('norms.title', { state: stateName(state) })}
          lead={t('norms.lead', {
            outliers: t('norms.outliers', {
              count: places.length,
              patches: places.map((row) => labels[row] ?? '').join('; '),
            }),
            mads: exact(OUTLIER_MADS),
          })}
          made={madeBy(lab, run)}
          table={{
            columns: [t('norms.token'), ...norms.map((_, s) => stateName(s)), t('norms.odd')],
            rows: numbered(labels).map((label, row) => [
              label,
              ...norms.map((values) => values[row] ?? 0),
              odd.flatMap((rows, s) => (rows.includes(row) ? [stateName(s)] : [])).join(', '),
            ]),
          }}
          testId="vision-norms"
        >
          <NormChart tokens={tokens} norms={shown} outliers={places} bound={bound} name={stateName(state)} />
        </Chart>
      </div>
      <FilmStrip
        image={canvasOf(run.sharp)}
        rows={run.grid.rows}
        columns={run.grid.columns}
        frames={frames}
        selected={state}
        onSelect={setWanted}
        overlay={OVERLAY}
        bound={bound}
        label={t('norms.film')}
      />
    </>
  )
}
