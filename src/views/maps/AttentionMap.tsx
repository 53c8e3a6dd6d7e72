import { type MouseEvent, type PointerEvent, type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import { differenceBound, WHOLE } from '../../viz/bounds.ts'
import type { Contrast, ScaleName } from '../../viz/colour.ts'
import { isSpecial } from '../../viz/kinds.ts'
import { thinLabels, withLabel } from '../../viz/layout.ts'
import { useAnnouncer } from '../hooks/useAnnouncer.tsx'
import { useLabelSize, useRem } from '../hooks/useRem.ts'
import { useSize } from '../hooks/useSize.ts'
import { Button } from '../primitives/Button.tsx'
import { t } from '../words/words.ts'
import { type MapSide, mapCells } from './cells.ts'
import { mapGeometry } from './geometry.ts'
import { MapAxis } from './MapAxis.tsx'
import { MapMarks } from './MapMarks.tsx'
import { MapTable } from './MapTable.tsx'
import { type FitChoice, ScaleLegend } from './ScaleLegend.tsx'
import type { MapToken } from './types.ts'
import { useCellPainting } from './useCellPainting.ts'
import { useMapCursor, ZOOMS } from './useMapCursor.ts'
import { usePaintedMap } from './usePaintedMap.ts'

/** Up to so many tokens, every cell can be told apart without zoom. */
const ZOOM_FROM = 24
const LARGEST_ZOOMED_CELL = 60

export interface AttentionMapProps {
  /**
   * [Tq, Tk], row = query, column = key. Hidden tokens are left out here, and nothing is renormalised. NaN: there is no
   * such value, as in the difference of two runs where only one has the token.
   */
  matrix: Float32Array
  /** Those that read, and unless `keys` are given are read. */
  tokens: readonly MapToken[]
  /** What is read, where these are others: an encoder's tokens, by a decoder. */
  keys?: readonly MapToken[]
  /** "Layer 2, head 3": also names the table. */
  name: string
  scale?: Extract<ScaleName, 'ink' | 'diverging'>
  /** The value at the end of the colours; by default 1, and of differences by their rule. */
  bound?: number
  /** Lets the reader fit the colours to what is shown; the caller gives another bound then. */
  fit?: FitChoice
  /** False: a map beside this one shows the same scale. */
  legend?: boolean
  /** `root` lifts small values; the legend shows it. */
  contrast?: Contrast
  /** Selected row and column, as indices into `tokens` and `keys`. */
  query?: number | null
  keyIndex?: number | null
  onQuery?: (query: number | null) => void
  onKey?: (key: number | null) => void
  /** Which cells the mask leaves open; the others are hatched. Masked tokens are hatched without it. */
  readable?: (query: number, key: number) => boolean
  /** Painting mode: pressing and dragging over cells, or Space, asks to open or close them. */
  onPaint?: (query: number, key: number, readable: boolean) => void
  /** The first row that was computed by this run: what is above was kept from an earlier one, and a bar tells them apart. */
  fresh?: number
  /** The tallest the map may get, in CSS pixels; `fill`: as tall as its frame, which must have a height of its own. */
  maxHeight?: number | 'fill'
  /** At the start of the head line: what the map shows. */
  modes?: ReactNode
  /** Buttons at the end of the head line: export, pin. */
  actions?: ReactNode
}

/** One attention map, large: values on hover and under the keyboard's cursor, labels on both axes, zoom, a table twin. */
export function AttentionMap(props: AttentionMapProps) {
  const {
    matrix,
    tokens,
    keys,
    name,
    scale = 'ink',
    contrast,
    query,
    keyIndex,
    onQuery,
    onKey,
    readable,
    onPaint,
  } = props
  const { maxHeight = 680, legend = true, modes, actions } = props
  const frame = useRef<HTMLDivElement>(null)
  const pane = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const room = useSize(frame)
  const [rem, type] = [useRem(), useLabelSize()]
  const { region, say } = useAnnouncer()
  const [zoom, setZoom] = useState(1)
  const [asTable, setAsTable] = useState(false)
  const [scroll, setScroll] = useState({ x: 0, y: 0 })

  const signed = scale === 'diverging'
  const cells = useMemo(
    () => mapCells({ matrix, tokens, keys, readable, signed }),
    [matrix, tokens, keys, readable, signed],
  )
  const { rows, columns } = cells
  const count = Math.max(rows.count, columns.count)
  const bound = props.bound ?? (signed ? differenceBound(cells.values) : WHOLE)
  const geometry = mapGeometry({
    width: room.width,
    height: maxHeight === 'fill' ? room.height : maxHeight,
    rows: rows.count,
    columns: columns.count,
    longest: { row: longestOf(rows), column: longestOf(columns) },
    zoom,
    scroll,
    rem,
    type,
  })
  const { cell, left, top, viewWidth, viewHeight, flat } = geometry
  usePaintedMap(canvas, { cells, geometry, scroll, scale, bound, contrast, shown: !asTable })

  const labels = ({ tokens: named }: MapSide, range: { first: number; last: number }, need: number, chosen: number) => {
    const thin = thinLabels(range.first, range.last, cell, need, (i) => isSpecial(named[i]?.kind ?? 'word'))
    return chosen < range.first || chosen > range.last ? thin : withLabel(thin, chosen, cell, need)
  }

  const pickRow = useCallback(
    (row: number) => onQuery?.(rows.places[row] === query ? null : (rows.places[row] ?? null)),
    [onQuery, rows, query],
  )
  const pickColumn = useCallback(
    (column: number) => onKey?.(columns.places[column] === keyIndex ? null : (columns.places[column] ?? null)),
    [onKey, columns, keyIndex],
  )
  const painting = useCellPainting(cells, onPaint)
  const cursor = useMapCursor({
    pane,
    cells,
    geometry,
    scroll,
    zoom,
    setZoom,
    say,
    pickRow,
    pickColumn,
    toggle: onPaint && painting.toggle,
  })
  const cellUnder = ({ clientX, clientY }: MouseEvent) => {
    const box = pane.current?.getBoundingClientRect()
    if (!box) return null
    const column = Math.floor((clientX - box.left + scroll.x) / cell)
    const row = Math.floor((clientY - box.top + scroll.y) / cell)
    return row >= 0 && column >= 0 && row < rows.count && column < columns.count ? { row, column } : null
  }

  const row = query == null ? -1 : rows.places.indexOf(query)
  const column = keyIndex == null ? -1 : columns.places.indexOf(keyIndex)
  const hiddenCount = tokens.length - rows.count + (keys ? keys.length - columns.count : 0)
  return (
    <div className="map" data-testid="attention-map" data-fill={maxHeight === 'fill' || undefined}>
      <div className="map-bar">
        {modes}
        {legend && <ScaleLegend scale={scale} bound={bound} contrast={contrast} fit={signed ? undefined : props.fit} />}
        <span className="map-tools">
          {!asTable && (count > ZOOM_FROM || zoom > 1) && (
            <>
              <Button
                small
                look="quiet"
                aria-label={t('map.zoom-out')}
                disabled={zoom === 1}
                onClick={() => cursor.changeZoom(-1)}
              >
                −
              </Button>
              <Button small look="quiet" disabled={zoom === 1} onClick={() => cursor.changeZoom(0)}>
                {t('map.whole')}
              </Button>
              <Button
                small
                look="quiet"
                aria-label={t('map.zoom-in')}
                disabled={zoom === ZOOMS.at(-1) || cell >= LARGEST_ZOOMED_CELL}
                onClick={() => cursor.changeZoom(1)}
              >
                +
              </Button>
            </>
          )}
          <Button small aria-pressed={asTable} data-testid="map-as-table" onClick={() => setAsTable(!asTable)}>
            {t('map.table')}
          </Button>
          {actions}
        </span>
      </div>
      <div className="map-room" ref={frame}>
        {cells.values.length === 0 ? (
          <p className="hint">{t('map.all-hidden')}</p>
        ) : asTable ? (
          <MapTable
            caption={name}
            tokens={rows.tokens}
            keys={columns.tokens}
            valueAt={cells.value}
            blocked={cells.blocked}
            signed={signed}
          />
        ) : (
          <div
            className="map-body"
            style={{ gridTemplateColumns: `${left}px ${viewWidth}px`, gridTemplateRows: `${top}px ${viewHeight}px` }}
          >
            <span className="map-corner hint" aria-hidden="true">
              {t('map.query')} ↓<br />
              {t('map.key')} →
            </span>
            <MapAxis
              axis="key"
              tokens={columns.tokens}
              shown={labels(columns, geometry.columns, geometry.columnLabel, column)}
              cell={cell}
              scroll={scroll.x}
              selected={column}
              slanted={!flat}
              onPick={pickColumn}
            />
            <MapAxis
              axis="query"
              tokens={rows.tokens}
              shown={labels(rows, geometry.rows, geometry.rowLabel, row)}
              cell={cell}
              scroll={scroll.y}
              selected={row}
              onPick={pickRow}
            />
            <div
              ref={pane}
              className="map-pane"
              data-testid="map-cells"
              data-painting={onPaint ? true : undefined}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the focus; arrow keys walk its cells
              tabIndex={0}
              role="application"
              aria-roledescription={t('map.role')}
              aria-label={t('map.spoken', { name, rows: rows.count, columns: columns.count })}
              onScroll={(event) => setScroll({ x: event.currentTarget.scrollLeft, y: event.currentTarget.scrollTop })}
              onFocus={(event) => {
                if (event.target.matches(':focus-visible') && !cursor.cursor)
                  cursor.moveTo(Math.max(0, row), Math.max(0, column))
              }}
              onBlur={() => cursor.setCursor(null)}
              onKeyDown={cursor.onKeyDown}
              onPointerDown={(event: PointerEvent) => {
                const found = cellUnder(event)
                if (found && event.button === 0 && onPaint) painting.begin(found, event)
              }}
              onPointerMove={(event) => {
                const found = cellUnder(event)
                cursor.setHover(found)
                if (found) painting.goOn(found)
              }}
              onPointerUp={painting.end}
              onPointerLeave={() => cursor.setHover(null)}
              onClick={(event) => {
                const found = cellUnder(event)
                if (!found || onPaint) return
                onQuery?.(rows.places[found.row] ?? null)
                onKey?.(columns.places[found.column] ?? null)
              }}
            >
              <div className="map-space" style={{ width: geometry.width, height: geometry.height }}>
                <canvas ref={canvas} style={{ width: viewWidth, height: viewHeight }} />
                <MapMarks
                  cells={cells}
                  geometry={geometry}
                  scroll={scroll}
                  row={row}
                  column={column}
                  shown={cursor.shown}
                  fresh={props.fresh ? rows.places.findIndex((place) => place >= (props.fresh ?? 0)) : -1}
                />
              </div>
            </div>
          </div>
        )}
      </div>
      {hiddenCount > 0 && (
        <p className="hint" data-testid="hidden-note">
          {t('map.hidden', { count: hiddenCount })}
        </p>
      )}
      {region}
    </div>
  )
}

function longestOf({ tokens }: MapSide): number {
  return Math.max(...tokens.map(({ label }) => label.length))
}
