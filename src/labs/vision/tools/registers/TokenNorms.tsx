import { useMemo, useState } from 'react'
import { rowNorms } from '../../../../core/vectors.ts'
import { NormChart } from '../../../../views/charts/NormChart.tsx'
import { FilmStrip } from '../../../../views/photo/FilmStrip.tsx'
import { PhotoStage } from '../../../../views/photo/PhotoStage.tsx'
import { Slider } from '../../../../views/primitives/Slider.tsx'
import { peak } from '../../../../viz/matrix.ts'
import { OUTLIER_MADS, outliers } from '../../../../viz/outliers.ts'
import { numbered } from '../../../../viz/table.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { mapTokens } from '../../../shared/tokens.ts'
import { canvasOf } from '../../canvases.ts'
import { madeBy } from '../../provenance.ts'
import { onGrid } from '../../readings.ts'
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
        note: `${odd[s]?.length ?? 0} stand out`,
      })),
    [run, norms, odd],
  )
  const tokens = useMemo(() => mapTokens(run.tokens), [run])
  const shown = norms[state]
  if (!shown) return <p className="hint">This run brought no hidden states.</p>
  const places = odd[state] ?? []
  const labels = run.tokens.map((token) => token.label)
  const marked = places.flatMap((row) => {
    const origin = run.tokens[row]?.origin
    return origin?.type === 'patch' ? [origin.patch] : []
  })
  return (
    <>
      <Slider
        label="Layer"
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
          alt={`${run.photo.name}, with the norm of each patch ${stateName(state)}`}
          rows={run.grid.rows}
          columns={run.grid.columns}
          values={onGrid(run, shown)}
          readAs={(norm) => `norm ${norm}`}
          marked={marked}
          overlay={OVERLAY}
          maxSize={340}
        />
        <Chart
          title={`Norm of each hidden state, ${stateName(state)}`}
          lead={`${sayOutliers(places.map((row) => labels[row] ?? ''))} Ringed: above the patches' median + ${OUTLIER_MADS} scaled MADs. One scale for all layers.`}
          made={madeBy(lab, run)}
          table={{
            columns: ['token', ...norms.map((_, s) => stateName(s)), 'stands out'],
            rows: numbered(labels).map((label, t) => [
              label,
              ...norms.map((values) => values[t] ?? 0),
              odd.flatMap((rows, s) => (rows.includes(t) ? [stateName(s)] : [])).join(', '),
            ]),
          }}
          testId="vision-norms"
        >
          <NormChart
            tokens={tokens}
            norms={shown}
            outliers={places}
            bound={Math.max(...norms.map(peak))}
            name={stateName(state)}
          />
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
        label="The norms of the patches in every layer"
      />
    </>
  )
}

function stateName(state: number): string {
  return state === 0 ? 'embeddings' : `after layer ${state}`
}

function sayOutliers(labels: readonly string[]): string {
  if (labels.length === 0) return 'No patch stands out.'
  return labels.length === 1
    ? `Patch ${labels[0]} stands out.`
    : `${labels.length} patches stand out: ${labels.join('; ')}.`
}
