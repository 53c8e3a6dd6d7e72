import { t } from '../words/words.ts'
import { type MapCells, shownValue } from './cells.ts'
import type { MapGeometry } from './geometry.ts'
import type { Cell } from './useMapCursor.ts'

/** Rows tall enough for words. */
const WORDS_FROM = 14

export interface MapMarksProps {
  cells: MapCells
  geometry: MapGeometry
  scroll: { x: number }
  /** The selected row and column among those shown; −1: none. */
  row: number
  column: number
  /** Under the pointer or the keyboard's cursor. */
  shown: Cell | null
  /** The first row of those that were computed by this run; −1: all were, or nobody asks. */
  fresh: number
}

/** What lies over the cells: the selected row and column, rows that read nothing, the value under the pointer. */
export function MapMarks({ cells, geometry, scroll, row, column, shown, fresh }: MapMarksProps) {
  const { cell, viewWidth } = geometry
  return (
    <>
      {row >= 0 && <i className="map-mark" style={{ top: row * cell, height: cell, left: 0, right: 0 }} />}
      {column >= 0 && <i className="map-mark" style={{ left: column * cell, width: cell, top: 0, bottom: 0 }} />}
      {fresh >= 0 && (
        <i
          className="map-fresh"
          data-testid="map-fresh"
          data-row={fresh}
          title={t('map.fresh', { kept: fresh, computed: cells.rows.count - fresh })}
          style={{ top: fresh * cell, height: (cells.rows.count - fresh) * cell, left: scroll.x }}
        />
      )}
      {cells.silent.map((i) => (
        <span key={i} className="map-silent" style={{ top: i * cell, height: cell, width: viewWidth, left: scroll.x }}>
          {cell >= WORDS_FROM && t('map.silent')}
        </span>
      ))}
      {shown && <MapTip cells={cells} geometry={geometry} scroll={scroll} at={shown} />}
    </>
  )
}

function MapTip({ cells, geometry, scroll, at }: Pick<MapMarksProps, 'cells' | 'geometry' | 'scroll'> & { at: Cell }) {
  const { cell, viewWidth } = geometry
  const { row, column } = at
  const value = cells.value(row, column)
  const relation = Number.isNaN(value) ? 'map.no-value' : cells.blocked(row, column) ? 'map.may-not-read' : 'map.reads'
  return (
    <>
      <i className="map-cursor" style={{ top: row * cell, left: column * cell, width: cell, height: cell }} />
      <span
        className="map-tip"
        data-testid="map-tip"
        data-side={column * cell - scroll.x > viewWidth / 2 ? 'left' : 'right'}
        style={{ top: (row + 0.5) * cell, left: (column + 0.5) * cell, '--cell': `${cell}px` } as object}
      >
        <b className="mono">{shownValue(cells, value)}</b>
        <span>
          {t(relation, { query: cells.rows.tokens[row]?.label ?? '', key: cells.columns.tokens[column]?.label ?? '' })}
        </span>
      </span>
    </>
  )
}
