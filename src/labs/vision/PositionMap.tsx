import { useEffect, useMemo, useState } from 'react'
import { type ErrorReport, reportOf } from '../../core/errors.ts'
import type { Engine } from '../../state/engine.ts'
import { HeatGrid } from '../../views/charts/HeatGrid.tsx'
import { useTheme } from '../../views/hooks/useTheme.ts'
import { ScaleLegend } from '../../views/maps/ScaleLegend.tsx'
import { PhotoStage } from '../../views/photo/PhotoStage.tsx'
import { Switch } from '../../views/primitives/Switch.tsx'
import type { Theme } from '../../viz/colour.ts'
import { matrixSvg } from '../../viz/matrix_svg.ts'
import { valuePixels } from '../../viz/pixels.ts'
import { tiled } from '../../viz/tiles.ts'
import { saidInFull } from '../../words/errors.ts'
import { decimal } from '../../words/numbers.ts'
import { Chart } from '../shared/Chart.tsx'
import { madeBy } from './provenance.ts'
import type { VisionLab } from './state/lab.ts'
import { positionSimilarities } from './state/positions.ts'
import type { VisionRun } from './state/run.ts'
import { t } from './words/words.ts'

/** Every position's cosine with all others: a grid of small grids (Dosovitskiy et al. 2021, figure 7), one of them large. */
export function PositionMap({ lab, engine, run }: { lab: VisionLab; engine: Engine; run: VisionRun }) {
  const theme = useTheme()
  const [centred, setCentred] = useState(true)
  const { similarities, problem } = useSimilarities(engine, run, centred)
  const { rows, columns } = run.grid
  const N = rows * columns
  const [chosen, setChosen] = useState<number | null>(null)
  const place = Math.min(chosen ?? Math.floor(rows / 2) * columns + Math.floor(columns / 2), N - 1)
  const image = useMemo(
    () => (similarities?.length === N * N ? tileCanvas(similarities, rows, columns, theme) : null),
    [similarities, N, rows, columns, theme],
  )
  if (problem) return <p className="hint">{saidInFull(problem)}</p>
  if (!similarities || !image) return <p className="hint">{t('similarity.reading')}</p>

  const names = Array.from({ length: N }, (_, p) => placeName(p, columns))
  const rowNames = Array.from({ length: rows }, (_, row) => t('similarity.row', { row: row + 1 }))
  const columnNames = Array.from({ length: columns }, (_, column) => `${column + 1}`)
  const large = similarities.subarray(place * N, (place + 1) * N)
  const title = t('similarity.title')
  const undefinedRows = Number.isNaN(similarities[0])
  return (
    <Chart
      title={title}
      lead={t(undefinedRows ? 'similarity.zero' : 'similarity.lead')}
      made={madeBy(lab, run)}
      table={{
        columns: [t('similarity.position'), ...names],
        rows: names.map((name, p) => [name, ...similarities.subarray(p * N, (p + 1) * N)]),
      }}
      svg={() =>
        matrixSvg({
          values: [],
          rows: rowNames,
          columns: columnNames,
          title,
          scale: 'diverging',
          theme,
          bound: 1,
          picture: image.toDataURL(),
        })
      }
      testId="position-map"
    >
      <div className="position-map">
        <div className="position-tiles">
          <PhotoStage
            image={image}
            alt={t('similarity.alt', { count: N })}
            rows={rows}
            columns={columns}
            values={null}
            selectedPatch={place}
            onSelectPatch={(patch) => patch !== null && setChosen(patch)}
            showGrid={false}
            pixelated
            maxSize={420}
          />
          <ScaleLegend bound={1} scale="diverging" />
          <Switch label={t('similarity.centred')} checked={centred} onChange={setCentred} testId="position-centred" />
        </div>
        <section aria-labelledby="position-large" className="figure">
          <h4 id="position-large">{t('similarity.large', { place: placeName(place, columns) })}</h4>
          <HeatGrid
            name={t('similarity.cosine', { place: placeName(place, columns) })}
            rows={rowNames}
            columns={columnNames}
            values={large}
            bound={1}
            scale="diverging"
            format={(value) => (Number.isNaN(value) ? '–' : decimal(value, 2))}
            selected={[Math.floor(place / columns), place % columns]}
            onSelect={(row, column) => setChosen(row * columns + column)}
          />
        </section>
      </div>
    </Chart>
  )
}

/** Row and column from 1, as patches are labelled. */
function placeName(place: number, columns: number): string {
  return `${Math.floor(place / columns) + 1},${(place % columns) + 1}`
}

function useSimilarities(engine: Engine, run: VisionRun, centred: boolean) {
  const [state, setState] = useState<{ similarities?: Float32Array; problem?: ErrorReport }>({})
  const { model, grid } = run
  const { positionTable } = run.doc
  // A run on every frame of a camera has the same positions.
  const id = `${model.id} ${grid.rows}×${grid.columns} ${JSON.stringify(positionTable)}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: the id says which table it is
  useEffect(() => {
    let wanted = true
    positionSimilarities(engine, run, centred).then(
      (similarities) => wanted && setState({ similarities }),
      (thrown: unknown) => wanted && setState({ problem: reportOf(thrown) }),
    )
    return () => {
      wanted = false
    }
  }, [engine, id, centred])
  return state
}

/** One pixel a cosine; what is between the tiles, and what has no cosine, lets the page through. */
function tileCanvas(similarities: Float32Array, rows: number, columns: number, theme: Theme): HTMLCanvasElement {
  const { width, height, values } = tiled(similarities, rows, columns)
  const pixels = valuePixels(values, { scale: 'diverging', theme, bound: 1 })
  values.forEach((value, i) => {
    if (Number.isNaN(value)) pixels[i * 4 + 3] = 0
  })
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0)
  return canvas
}
