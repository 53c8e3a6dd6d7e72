import { useMemo } from 'react'
import { norm } from '../../../../core/vectors.ts'
import { crop } from '../../../../loaders/image_resize.ts'
import { patchKeys, patchPlace } from '../../../../sequence/patches.ts'
import { VectorStrip } from '../../../../views/charts/VectorStrip.tsx'
import { PhotoStage } from '../../../../views/photo/PhotoStage.tsx'
import { PixelView } from '../../../../views/photo/PixelView.tsx'
import { Spoken } from '../../../../views/primitives/Spoken.tsx'
import { formatValue } from '../../../../viz/format.ts'
import { nearestRows } from '../../../../viz/nearest.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { canvasOf } from '../../../shared/canvases.ts'
import { useLab } from '../../../shared/useLab.ts'
import { madeBy } from '../../provenance.ts'
import { onGrid, patchOfKey, rowOfKey } from '../../readings.ts'
import { t } from '../../words/words.ts'
import type { VisionToolProps } from '../props.ts'

const NEIGHBOURS = 6

/** A patch's pixels, its embedding, and the patches most alike; the first patch when none is chosen. */
export function OnePatch({ lab, run }: VisionToolProps) {
  const { look } = useLab(lab.store)
  const embedded = run.result.hiddenStates[0]
  const patchRows = useMemo(() => run.tokens.flatMap(({ kind }, row) => (kind === 'patch' ? [row] : [])), [run])
  const asked = rowOfKey(run, look.query)
  const row = run.tokens[asked]?.kind === 'patch' ? asked : (patchRows[0] ?? -1)
  const width = run.model.info.width
  const neighbours = useMemo(
    () => (embedded && row >= 0 ? nearestRows(embedded.data, width, row, patchRows, patchRows.length) : []),
    [embedded, width, row, patchRows],
  )
  const token = run.tokens[row]
  const patch = token ? patchOfKey(run, token.key) : null
  if (!embedded || !token || patch === null) return <p className="hint">{t('patch.none')}</p>

  const side = run.model.info.image?.patch ?? 1
  const [channels] = run.pixels.dims
  const place = patchPlace(patch, run.grid)
  const pixels = crop(run.seen, { left: place.column * side, top: place.row * side, width: side, height: side })
  const vector = embedded.data.subarray(row * width, (row + 1) * width)
  const cosines = new Float32Array(run.result.tokens)
  cosines[row] = 1
  for (const { row: other, cosine } of neighbours) cosines[other] = cosine
  const best = neighbours.slice(0, NEIGHBOURS)
  const patchOf = (at: number) => {
    const origin = run.tokens[at]?.origin
    return origin?.type === 'patch' ? origin.patch : -1
  }
  const name = placeName(place)
  const choose = (chosen: number | null) => {
    const [key] = chosen === null ? [] : patchKeys(run.doc.sequence, [chosen])
    if (key !== undefined) lab.look({ query: key, selection: [key] })
  }
  return (
    <div className="vision-split">
      <div className="vision-model">
        <PhotoStage
          image={canvasOf(run.sharp)}
          alt={t('patch.alt', { photo: run.photo.name, place: name })}
          rows={run.grid.rows}
          columns={run.grid.columns}
          values={onGrid(run, cosines)}
          bound={1}
          readAs={(value) => t('patch.cosine', { value, place: name })}
          marked={best.map(({ row: other }) => patchOf(other))}
          selectedPatch={patch}
          onSelectPatch={choose}
          overlay={DIVERGING}
          maxSize={340}
        />
        <p className="hint">{t('patch.choose', { count: best.length })}</p>
      </div>
      <div className="vision-model">
        <div className="vision-pixels">
          <PixelView picture={pixels} size={176} alt={t('patch.pixels', { place: name })} />
          <div>
            <h3>{t('patch.at', { place: name })}</h3>
            <p>{t('patch.numbers', { side, channels, numbers: side * side * channels, width })}</p>
            <p className="hint">
              {t('patch.norm', { norm: formatValue(norm(vector)), position: run.positions[row] ?? '–' })}
            </p>
          </div>
        </div>
        <Chart
          title={t('patch.embedding', { place: name })}
          lead={t('patch.embedding.lead', { width })}
          made={madeBy(lab, run)}
          table={{
            columns: [t('patch.dimension'), t('patch.value')],
            rows: Array.from(vector, (value, d) => [d, value]),
          }}
          testId="embedding"
        >
          <VectorStrip name={t('patch.embedding', { place: name })} values={vector} />
        </Chart>
        <h3>{t('patch.nearest')}</h3>
        <ol className="vision-neighbours" data-testid="neighbours">
          {best.map(({ row: other, cosine }) => {
            const near = patchOf(other)
            const at = patchPlace(near, run.grid)
            const rect = { left: at.column * side, top: at.row * side, width: side, height: side }
            return (
              <li key={other}>
                <button type="button" className="film-frame" onClick={() => choose(near)}>
                  <Spoken as={t('patch.neighbour', { place: placeName(at), cosine: formatValue(cosine) })}>
                    <PixelView picture={crop(run.seen, rect)} size={56} alt="" />
                    <span className="hint mono">
                      {at.row + 1},{at.column + 1}
                    </span>
                    <span className="mono">{formatValue(cosine)}</span>
                  </Spoken>
                </button>
              </li>
            )
          })}
        </ol>
      </div>
    </div>
  )
}

const DIVERGING = { opacity: 0.75, scale: 'diverging' } as const

function placeName({ row, column }: { row: number; column: number }): string {
  return t('patch.place', { row: row + 1, column: column + 1 })
}
