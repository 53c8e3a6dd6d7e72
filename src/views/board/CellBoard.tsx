import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { BoardColour } from '../../viz/board_colours.ts'
import { isSpecial } from '../../viz/kinds.ts'
import { thinLabels, withLabel } from '../../viz/layout.ts'
import { useAnnouncer } from '../hooks/useAnnouncer.tsx'
import { useCanvas } from '../hooks/useCanvas.ts'
import { useFonts } from '../hooks/useFonts.ts'
import { useLabelSize, useRem } from '../hooks/useRem.ts'
import { useSize } from '../hooks/useSize.ts'
import { useTheme } from '../hooks/useTheme.ts'
import { BOARD_KEYS, keyPressed } from '../keys/tables.ts'
import { mapCells } from '../maps/cells.ts'
import { mapGeometry } from '../maps/geometry.ts'
import { MapAxis } from '../maps/MapAxis.tsx'
import { MapTable } from '../maps/MapTable.tsx'
import type { MapToken } from '../maps/types.ts'
import { useMapCursor, ZOOMS } from '../maps/useMapCursor.ts'
import { Button } from '../primitives/Button.tsx'
import { t } from '../words/words.ts'
import { drawBoard } from './draw.ts'
import { type StrokeShape, useStroke } from './useStroke.ts'

/** Up to so many tokens, every cell can be told apart without zoom. */
const ZOOM_FROM = 24
/** Rows tall enough for words. */
const WORDS_FROM = 14

export interface CellBoardProps {
  /** Those that read, and are read; hidden ones are left out of the display. */
  tokens: readonly MapToken[]
  /** [T, T] of all tokens: how each cell looks, by `colours`. */
  codes: Uint8Array
  colours: readonly BoardColour[]
  /** What it is: names the board and its table. */
  name: string
  /** What a cell says, in a sentence; spoken under the keyboard's cursor, shown under the pointer. */
  say: (query: number, key: number) => string
  /** The number of a cell in the table twin. */
  value: (query: number, key: number) => number
  /** Rows that read nothing: words lie over them. */
  silent?: readonly number[]
  /** Lines between tiles of so many cells. */
  tile?: number
  query?: number | null
  onPick?: (row: number | null) => void
  /** Painting: what a stroke covers, and what is done with the cells that it covered, as pairs of rows, and the first of them. */
  stroke?: StrokeShape
  onStroke?: (cells: [query: number, key: number][], first: [query: number, key: number]) => void
  maxHeight?: number | 'fill'
  /** At the start of the head line. */
  modes?: ReactNode
  /** At the start of the line under the board. */
  foot?: ReactNode
}

/** A mask, large: labels on both axes, zoom, strokes by pointer, finger and keys, and a table twin. */
export function CellBoard(props: CellBoardProps) {
  const { tokens, codes, colours, name, say: sentence, value, silent = [], tile, query, onPick, onStroke } = props
  const { stroke = 'cell', maxHeight = 680, modes, foot } = props
  const frame = useRef<HTMLDivElement>(null)
  const pane = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const over = useRef<HTMLCanvasElement>(null)
  const room = useSize(frame)
  const [rem, type] = [useRem(), useLabelSize()]
  const theme = useTheme()
  const fonts = useFonts()
  const { region, say } = useAnnouncer()
  const [zoom, setZoom] = useState(1)
  const [asTable, setAsTable] = useState(false)
  const [scroll, setScroll] = useState({ x: 0, y: 0 })

  const T = tokens.length
  const cells = useMemo(() => mapCells({ matrix: new Float32Array(T * T), tokens, signed: false }), [tokens, T])
  const { places, count } = cells.rows
  const shown = useMemo(() => {
    if (count === T) return codes
    const part = new Uint8Array(count * count)
    for (let i = 0; i < count * count; i++) {
      part[i] = codes[(places[Math.floor(i / count)] as number) * T + (places[i % count] as number)] as number
    }
    return part
  }, [codes, places, count, T])
  const longest = Math.max(0, ...cells.rows.tokens.map(({ label }) => label.length))
  const geometry = mapGeometry({
    width: room.width,
    height: maxHeight === 'fill' ? room.height : maxHeight,
    rows: count,
    columns: count,
    longest: { row: longest, column: longest },
    ...{ zoom, scroll, rem, type },
  })
  const { cell, left, top, viewWidth, viewHeight, flat } = geometry
  const { first: firstRow, last: lastRow } = geometry.rows
  const { first: firstColumn, last: lastColumn } = geometry.columns
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      if (count === 0) return
      const rows = { first: firstRow, last: lastRow }
      const columns = { first: firstColumn, last: lastColumn }
      drawBoard(context, { codes: shown, count, colours, theme, cell, scroll, rows, columns, tile })
    },
    [shown, count, colours, theme, cell, scroll, firstRow, lastRow, firstColumn, lastColumn, tile],
  )
  useCanvas(canvas, viewWidth, viewHeight, draw, asTable ? -1 : fonts)

  const strokes = useStroke({
    canvas: over,
    ...{ count, cell, scroll, shape: stroke, width: viewWidth, height: viewHeight },
    onStroke: (found, first) => {
      const placed = ([q, k]: [number, number]): [number, number] => [places[q] as number, places[k] as number]
      onStroke?.(found.map(placed), placed(first))
    },
  })
  const pick = useCallback(
    (row: number) => onPick?.(places[row] === query ? null : (places[row] ?? null)),
    [onPick, places, query],
  )
  const cursor = useMapCursor({
    pane,
    // The cursor says what a cell is in its own words.
    cells,
    ...{ geometry, scroll, zoom, setZoom },
    say: () => {},
    pickRow: pick,
    pickColumn: pick,
    toggle: onStroke && (({ row, column }) => strokes.at(row * count + column)),
  })
  const at = cursor.cursor
  const spoken = at ? sentence(places[at.row] as number, places[at.column] as number) : ''
  useEffect(() => {
    if (spoken) say(spoken)
  }, [spoken, say])

  const cellUnder = ({ clientX, clientY }: { clientX: number; clientY: number }): number | null => {
    const box = pane.current?.getBoundingClientRect()
    if (!box) return null
    const column = Math.floor((clientX - box.left + scroll.x) / cell)
    const row = Math.floor((clientY - box.top + scroll.y) / cell)
    return row >= 0 && column >= 0 && row < count && column < count ? row * count + column : null
  }
  const row = query == null ? -1 : places.indexOf(query)
  const labels = (range: { first: number; last: number }, need: number) => {
    const thin = thinLabels(range.first, range.last, cell, need, (i) => isSpecial(cells.rows.tokens[i]?.kind ?? 'word'))
    return row < range.first || row > range.last ? thin : withLabel(thin, row, cell, need)
  }
  const tip = cursor.shown
  return (
    <div className="map" data-testid="board" data-fill={maxHeight === 'fill' || undefined}>
      {modes && <div className="map-bar">{modes}</div>}
      <div className="map-room" ref={frame}>
        {count === 0 ? (
          <p className="hint">{t('map.all-hidden')}</p>
        ) : asTable ? (
          <MapTable
            caption={name}
            tokens={cells.rows.tokens}
            keys={cells.rows.tokens}
            valueAt={(q, k) => value(places[q] as number, places[k] as number)}
            blocked={(q, k) => colours[shown[q * count + k] as number]?.hatched === true}
            signed={false}
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
              tokens={cells.rows.tokens}
              shown={labels(geometry.columns, geometry.columnLabel)}
              cell={cell}
              scroll={scroll.x}
              selected={row}
              slanted={!flat}
              onPick={pick}
            />
            <MapAxis
              axis="query"
              tokens={cells.rows.tokens}
              shown={labels(geometry.rows, geometry.rowLabel)}
              cell={cell}
              scroll={scroll.y}
              selected={row}
              onPick={pick}
            />
            <div
              ref={pane}
              className="map-pane"
              data-testid="board-cells"
              data-painting={onStroke ? true : undefined}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the focus; arrow keys walk its cells
              tabIndex={0}
              role="application"
              aria-roledescription={t('map.role')}
              aria-label={t('map.spoken', { name, rows: count, columns: count })}
              onScroll={(event) => setScroll({ x: event.currentTarget.scrollLeft, y: event.currentTarget.scrollTop })}
              onFocus={(event) => {
                if (event.target.matches(':focus-visible') && !at) cursor.moveTo(Math.max(0, row), Math.max(0, row))
              }}
              onBlur={() => {
                strokes.cancel()
                cursor.setCursor(null)
              }}
              onKeyDown={(event) => {
                // Shift and an arrow draw the stroke on from where it began; Space ends it.
                const from = at && at.row * count + at.column
                const pressed = keyPressed(BOARD_KEYS, event.nativeEvent)
                if (onStroke && from !== null && pressed === 'paint') {
                  const step = { ArrowUp: -count, ArrowDown: count, ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0
                  const to = from + step
                  const stays = Math.abs((to % count) - (from % count)) > 1 || to < 0 || to >= count * count
                  if (!stays) {
                    strokes.extend(from, to)
                    cursor.moveTo(Math.floor(to / count), to % count)
                  }
                  event.preventDefault()
                  return
                }
                if (pressed === 'cancel' && strokes.cancel()) {
                  event.stopPropagation()
                  event.preventDefault()
                  return
                }
                cursor.onKeyDown(event)
              }}
              onPointerDown={(event) => {
                const found = cellUnder(event)
                if (found === null || event.button !== 0 || !onStroke) return
                event.currentTarget.setPointerCapture(event.pointerId)
                strokes.begin(found)
              }}
              onPointerMove={(event) => {
                const found = cellUnder(event)
                cursor.setHover(found === null ? null : { row: Math.floor(found / count), column: found % count })
                if (found !== null) strokes.goOn(found)
              }}
              onPointerUp={() => strokes.end()}
              onPointerCancel={() => strokes.cancel()}
              onPointerLeave={() => cursor.setHover(null)}
              onClick={(event) => {
                const found = cellUnder(event)
                if (found !== null && !onStroke) onPick?.(places[Math.floor(found / count)] ?? null)
              }}
            >
              <div className="map-space" style={{ width: geometry.width, height: geometry.height }}>
                <canvas ref={canvas} style={{ width: viewWidth, height: viewHeight }} />
                <canvas ref={over} className="board-over" style={{ width: viewWidth, height: viewHeight }} />
                {row >= 0 && <i className="map-mark" style={{ top: row * cell, height: cell, left: 0, right: 0 }} />}
                {row >= 0 && <i className="map-mark" style={{ left: row * cell, width: cell, top: 0, bottom: 0 }} />}
                {silent.map((place) => {
                  const i = places.indexOf(place)
                  return i < 0 ? null : (
                    <span
                      key={place}
                      className="map-silent"
                      style={{ top: i * cell, height: cell, width: viewWidth, left: scroll.x }}
                    >
                      {cell >= WORDS_FROM && t('map.silent')}
                    </span>
                  )
                })}
                {tip && (
                  <>
                    <i
                      className="map-cursor"
                      style={{ top: tip.row * cell, left: tip.column * cell, width: cell, height: cell }}
                    />
                    <span
                      className="map-tip"
                      data-testid="board-tip"
                      data-side={tip.column * cell - scroll.x > viewWidth / 2 ? 'left' : 'right'}
                      style={
                        {
                          top: (tip.row + 0.5) * cell,
                          left: (tip.column + 0.5) * cell,
                          '--cell': `${cell}px`,
                        } as object
                      }
                    >
                      {sentence(places[tip.row] as number, places[tip.column] as number)}
                    </span>
                  </>
                )}
              </div>
            </div>
          </div>
        )}
      </div>
      <div className="map-bar board-foot">
        {foot}
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
                disabled={zoom === ZOOMS.at(-1)}
                onClick={() => cursor.changeZoom(1)}
              >
                +
              </Button>
            </>
          )}
          <Button small aria-pressed={asTable} data-testid="board-as-table" onClick={() => setAsTable(!asTable)}>
            {t('map.table')}
          </Button>
        </span>
      </div>
      {region}
    </div>
  )
}
