import { type KeyboardEvent, type PointerEvent, type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import type { Contrast, ScaleName } from '../../viz/colour.ts'
import { formatChange, formatValue } from '../../viz/format.ts'
import { isSpecial } from '../../viz/kinds.ts'
import { cellsInView, fitCell, thinLabels } from '../../viz/layout.ts'
import { peak, submatrix } from '../../viz/matrix.ts'
import { useAnnouncer } from '../hooks/useAnnouncer.tsx'
import { useCanvas } from '../hooks/useCanvas.ts'
import { useFonts } from '../hooks/useFonts.ts'
import { useSize } from '../hooks/useSize.ts'
import { useTheme } from '../hooks/useTheme.ts'
import { Button } from '../primitives/Button.tsx'
import { MapAxis } from './MapAxis.tsx'
import { MapTable } from './MapTable.tsx'
import { type CellWindow, paintCells, paintHatching, paintImage } from './paint.ts'
import { ScaleLegend } from './ScaleLegend.tsx'
import type { MapToken } from './types.ts'

const CHARACTER = 8.6 // width of a label's character
const LABEL = 15 // height of a label's line
const SLANT = { sin: 0.82, cos: 0.57 } // 55°
const ZOOMS = [1, 1.5, 2, 3, 4, 6, 9, 14, 20]

export interface AttentionMapProps {
  /**
   * [T, T], row = query, column = key. Hidden tokens are left out here, and nothing is renormalised. NaN: there is no
   * such value, as in the difference of two runs where only one has the token.
   */
  matrix: Float32Array
  tokens: readonly MapToken[]
  /** "Layer 2, head 3": also names the table. */
  name: string
  scale?: Extract<ScaleName, 'ink' | 'diverging'>
  /** The value at the end of the colours; the largest in the matrix by default. */
  bound?: number
  /** `root` lifts small values; the legend shows it. */
  contrast?: Contrast
  /** Selected row and column, as indices into `tokens`. */
  query?: number | null
  keyIndex?: number | null
  onQuery?: (query: number | null) => void
  onKey?: (key: number | null) => void
  /** Which cells the mask leaves open; the others are hatched. Masked tokens are hatched without it. */
  readable?: (query: number, key: number) => boolean
  /** Painting mode: pressing and dragging over cells, or Space, asks to open or close them. */
  onPaint?: (query: number, key: number, readable: boolean) => void
  /** The tallest the map may get, in CSS pixels. */
  maxHeight?: number
  /** Buttons at the end of the head line: export, pin. */
  actions?: ReactNode
}

/** One attention map, large: values on hover and under the keyboard's cursor, labels on both axes, zoom, a table twin. */
export function AttentionMap(props: AttentionMapProps) {
  const {
    matrix,
    tokens,
    name,
    scale = 'ink',
    contrast,
    query,
    keyIndex,
    onQuery,
    onKey,
    readable,
    onPaint,
    actions,
  } = props
  const maxHeight = props.maxHeight ?? 680
  const frame = useRef<HTMLDivElement>(null)
  const pane = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const { width } = useSize(frame)
  const theme = useTheme()
  const fonts = useFonts()
  const { region, say } = useAnnouncer()
  const [zoom, setZoom] = useState(1)
  const [asTable, setAsTable] = useState(false)
  const [scroll, setScroll] = useState({ x: 0, y: 0 })
  const [cursor, setCursor] = useState<{ row: number; column: number } | null>(null)
  const [hover, setHover] = useState<{ row: number; column: number } | null>(null)
  const painting = useRef<boolean | null>(null)

  // Rows and columns on screen: indices into `tokens` of those not hidden.
  const kept = useMemo(() => tokens.flatMap((token, i) => (token.hidden ? [] : [i])), [tokens])
  const shownTokens = useMemo(() => kept.flatMap((i) => tokens[i] ?? []), [kept, tokens])
  const count = kept.length
  const values = useMemo(
    () => (kept.length === tokens.length ? matrix : submatrix(matrix, tokens.length, kept)),
    [matrix, tokens.length, kept],
  )
  const bound = props.bound ?? peak(values)
  const signed = scale === 'diverging'
  const valueAt = useCallback((row: number, column: number) => values[row * count + column] ?? 0, [values, count])
  const blocked = useCallback(
    (row: number, column: number) => {
      if (shownTokens[column]?.masked || Number.isNaN(valueAt(row, column))) return true
      const [q, k] = [kept[row], kept[column]]
      return readable !== undefined && q !== undefined && k !== undefined && !readable(q, k)
    },
    [kept, shownTokens, readable, valueAt],
  )
  const silent = useMemo(() => silentRows(matrix, tokens.length, kept, signed), [matrix, tokens.length, kept, signed])

  // Geometry: a rail of labels left and top, the rest for cells.
  const longest = Math.min(width < 480 ? 8 : 12, Math.max(3, ...shownTokens.map((token) => token.label.length)))
  const labelWidth = longest * CHARACTER + 18
  const left = labelWidth
  const room = Math.max(40, width - left)
  const flat = fitCell(room, count, 0.5, 60) >= labelWidth - 6
  const overhang = flat || zoom > 1 ? 0 : labelWidth * SLANT.cos - 10
  const top = flat ? 28 : labelWidth * SLANT.sin + 14
  const cell = fitCell(Math.min(room - overhang, maxHeight - top), count, 0.5, 60) * zoom
  const total = cell * count
  const viewWidth = Math.min(total, room)
  const viewHeight = Math.min(total, maxHeight - top)
  const rows = cellsInView(scroll.y, viewHeight, cell, count)
  const columns = cellsInView(scroll.x, viewWidth, cell, count)
  const important = useCallback((i: number) => isSpecial(shownTokens[i]?.kind ?? 'word'), [shownTokens])
  const rowLabels = useMemo(
    () => thinLabels(rows.first, rows.last, cell, LABEL, important),
    [rows.first, rows.last, cell, important],
  )
  const columnLabels = useMemo(
    () => thinLabels(columns.first, columns.last, cell, flat ? labelWidth : LABEL, important),
    [columns.first, columns.last, cell, flat, labelWidth, important],
  )

  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      if (count === 0) return
      const view: CellWindow = {
        rows: { first: rows.first, last: rows.last },
        columns: { first: columns.first, last: columns.last },
        x: scroll.x,
        y: scroll.y,
      }
      const style = { scale, theme, bound, contrast }
      if (cell < 10) paintImage(context, values, count, -scroll.x, -scroll.y, total, style)
      else paintCells(context, valueAt, cell, view, style, signed)
      if (cell >= 3) paintHatching(context, blocked, cell, view, theme)
    },
    [
      count,
      rows.first,
      rows.last,
      columns.first,
      columns.last,
      scroll,
      scale,
      theme,
      bound,
      contrast,
      cell,
      total,
      values,
      valueAt,
      blocked,
      signed,
    ],
  )
  useCanvas(canvas, viewWidth, viewHeight, draw, fonts)

  const relation = (row: number, column: number) => {
    if (Number.isNaN(valueAt(row, column))) return 'has no value for'
    return blocked(row, column) ? 'may not read' : 'reads'
  }
  const label = (index: number) => shownTokens[index]?.label ?? ''
  const show = (value: number) => (signed ? formatChange(value) : formatValue(value))
  const sentence = (row: number, column: number) => {
    if (Number.isNaN(valueAt(row, column))) return `${label(row)} and ${label(column)} are not both in the two runs`
    if (blocked(row, column)) return `query ${label(row)} may not read ${label(column)}: ${show(valueAt(row, column))}`
    return `query ${label(row)} reads ${label(column)}: ${show(valueAt(row, column))}`
  }

  const at = (event: PointerEvent) => {
    const box = pane.current?.getBoundingClientRect()
    if (!box) return null
    const column = Math.floor((event.clientX - box.left + scroll.x) / cell)
    const row = Math.floor((event.clientY - box.top + scroll.y) / cell)
    return row >= 0 && column >= 0 && row < count && column < count ? { row, column } : null
  }
  const paint = (row: number, column: number, open: boolean) => {
    const [q, k] = [kept[row], kept[column]]
    if (q !== undefined && k !== undefined && blocked(row, column) === open) onPaint?.(q, k, open)
  }
  const pick = (row: number, column: number) => {
    onQuery?.(kept[row] ?? null)
    onKey?.(kept[column] ?? null)
  }
  const pickRow = useCallback(
    (row: number) => onQuery?.(kept[row] === query ? null : (kept[row] ?? null)),
    [onQuery, kept, query],
  )
  const pickColumn = useCallback(
    (column: number) => onKey?.(kept[column] === keyIndex ? null : (kept[column] ?? null)),
    [onKey, kept, keyIndex],
  )

  const moveCursor = (row: number, column: number) => {
    const next = { row: clamp(row, count), column: clamp(column, count) }
    setCursor(next)
    setHover(null)
    say(sentence(next.row, next.column))
    pane.current?.scrollTo({
      left: intoView(scroll.x, viewWidth, next.column * cell, cell),
      top: intoView(scroll.y, viewHeight, next.row * cell, cell),
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { row, column } = cursor ?? { row: 0, column: 0 }
    const far = event.ctrlKey || event.metaKey
    const moves: Record<string, [number, number]> = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      Home: [far ? 0 : row, 0],
      End: [far ? count - 1 : row, count - 1],
      PageUp: [row - 10, column],
      PageDown: [row + 10, column],
    }
    const move = moves[event.key]
    if (move) moveCursor(...move)
    else if (event.key === 'Enter' && event.shiftKey) pickColumn(column)
    else if (event.key === 'Enter') pickRow(row)
    else if (event.key === ' ' && onPaint) paint(row, column, blocked(row, column))
    else if (event.key === '+' || event.key === '-') changeZoom(event.key === '+' ? 1 : -1)
    else return
    event.preventDefault()
  }

  const changeZoom = (way: 1 | -1 | 0) => {
    const next = way === 0 ? 1 : (ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, ZOOMS.indexOf(zoom) + way))] ?? 1)
    const centre = cursor ?? { row: (rows.first + rows.last) / 2, column: (columns.first + columns.last) / 2 }
    setZoom(next)
    requestAnimationFrame(() => {
      const size = (cell / zoom) * next
      pane.current?.scrollTo({
        left: (centre.column + 0.5) * size - viewWidth / 2,
        top: (centre.row + 0.5) * size - viewHeight / 2,
      })
    })
  }

  const shownCell = hover ?? cursor
  const row = query == null ? -1 : kept.indexOf(query)
  const column = keyIndex == null ? -1 : kept.indexOf(keyIndex)
  const hiddenCount = tokens.length - count
  return (
    <div className="map" data-testid="attention-map" ref={frame}>
      <div className="map-bar">
        <ScaleLegend scale={scale} bound={bound} contrast={contrast} />
        <span className="map-tools">
          {!asTable && (count > 24 || zoom > 1) && (
            <>
              <Button small look="quiet" aria-label="Zoom out" disabled={zoom === 1} onClick={() => changeZoom(-1)}>
                −
              </Button>
              <Button small look="quiet" disabled={zoom === 1} onClick={() => changeZoom(0)}>
                Fit
              </Button>
              <Button
                small
                look="quiet"
                aria-label="Zoom in"
                disabled={zoom === ZOOMS.at(-1) || cell >= 60}
                onClick={() => changeZoom(1)}
              >
                +
              </Button>
            </>
          )}
          <Button small aria-pressed={asTable} data-testid="map-as-table" onClick={() => setAsTable(!asTable)}>
            Table
          </Button>
          {actions}
        </span>
      </div>
      {count === 0 ? (
        <p className="hint">Every token is hidden: show one to see the map.</p>
      ) : asTable ? (
        <MapTable caption={name} tokens={shownTokens} valueAt={valueAt} blocked={blocked} signed={signed} />
      ) : (
        <div
          className="map-body"
          style={{ gridTemplateColumns: `${left}px ${viewWidth}px`, gridTemplateRows: `${top}px ${viewHeight}px` }}
        >
          <span className="map-corner hint" aria-hidden="true">
            query ↓<br />
            key →
          </span>
          <MapAxis
            axis="key"
            tokens={shownTokens}
            shown={columnLabels}
            cell={cell}
            scroll={scroll.x}
            selected={column}
            slanted={!flat}
            onPick={pickColumn}
          />
          <MapAxis
            axis="query"
            tokens={shownTokens}
            shown={rowLabels}
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
            aria-roledescription="attention map"
            aria-label={`${name}: ${count} queries by ${count} keys. Arrow keys walk the cells, Enter selects the query, Shift+Enter the key.`}
            onScroll={(event) => setScroll({ x: event.currentTarget.scrollLeft, y: event.currentTarget.scrollTop })}
            onFocus={(event) => {
              if (event.target.matches(':focus-visible') && !cursor) moveCursor(Math.max(0, row), Math.max(0, column))
            }}
            onBlur={() => setCursor(null)}
            onKeyDown={onKeyDown}
            onPointerDown={(event) => {
              const found = at(event)
              if (!found || event.button !== 0) return
              if (onPaint) {
                painting.current = blocked(found.row, found.column)
                paint(found.row, found.column, painting.current)
                event.currentTarget.setPointerCapture(event.pointerId)
              }
            }}
            onPointerMove={(event) => {
              const found = at(event)
              setHover(found)
              if (found && painting.current !== null) paint(found.row, found.column, painting.current)
            }}
            onPointerUp={() => {
              painting.current = null
            }}
            onPointerLeave={() => setHover(null)}
            onClick={(event) => {
              const found = at(event as unknown as PointerEvent)
              if (found && !onPaint) pick(found.row, found.column)
            }}
          >
            <div className="map-space" style={{ width: total, height: total }}>
              <canvas ref={canvas} style={{ width: viewWidth, height: viewHeight }} />
              {row >= 0 && <i className="map-mark" style={{ top: row * cell, height: cell, left: 0, right: 0 }} />}
              {column >= 0 && (
                <i className="map-mark" style={{ left: column * cell, width: cell, top: 0, bottom: 0 }} />
              )}
              {silent.map((i) => (
                <span
                  key={i}
                  className="map-silent"
                  style={{ top: i * cell, height: cell, width: viewWidth, left: scroll.x }}
                >
                  {cell >= 14 && 'reads nothing'}
                </span>
              ))}
              {shownCell && (
                <>
                  <i
                    className="map-cursor"
                    style={{ top: shownCell.row * cell, left: shownCell.column * cell, width: cell, height: cell }}
                  />
                  <span
                    className="map-tip"
                    data-testid="map-tip"
                    data-side={shownCell.column * cell - scroll.x > viewWidth / 2 ? 'left' : 'right'}
                    style={
                      {
                        top: (shownCell.row + 0.5) * cell,
                        left: (shownCell.column + 0.5) * cell,
                        '--cell': `${cell}px`,
                      } as object
                    }
                  >
                    <b className="mono">{show(valueAt(shownCell.row, shownCell.column))}</b>
                    <span>
                      {label(shownCell.row)} {relation(shownCell.row, shownCell.column)} {label(shownCell.column)}
                    </span>
                  </span>
                </>
              )}
            </div>
          </div>
        </div>
      )}
      {hiddenCount > 0 && (
        <p className="hint" data-testid="hidden-note">
          {hiddenCount === 1 ? '1 token is hidden' : `${hiddenCount} tokens are hidden`}: the model still reads{' '}
          {hiddenCount === 1 ? 'it' : 'them'}, so the rows shown need not sum to 1.
        </p>
      )}
      {region}
    </div>
  )
}

/** Rows shown whose query reads nothing at all, hidden keys included. */
function silentRows(matrix: Float32Array, tokens: number, kept: readonly number[], signed: boolean): number[] {
  if (signed) return []
  return kept.flatMap((q, row) => (peak(matrix.subarray(q * tokens, (q + 1) * tokens)) === 0 ? [row] : []))
}

function clamp(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index))
}

function intoView(scroll: number, view: number, start: number, size: number): number {
  if (start < scroll) return start
  return start + size > scroll + view ? start + size - view : scroll
}
