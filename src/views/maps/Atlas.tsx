import { type KeyboardEvent, useCallback, useMemo, useRef } from 'react'
import { WHOLE } from '../../viz/bounds.ts'
import type { Contrast } from '../../viz/colour.ts'
import { formatPercent } from '../../viz/format.ts'
import { headMap, shrink } from '../../viz/matrix.ts'
import { useCanvas } from '../hooks/useCanvas.ts'
import { usePerMap } from '../hooks/usePerMap.ts'
import { useSize } from '../hooks/useSize.ts'
import { useTheme } from '../hooks/useTheme.ts'
import { ATLAS_KEYS, keyPressed } from '../keys/tables.ts'
import { Button } from '../primitives/Button.tsx'
import { t } from '../words/words.ts'
import { paintImage } from './paint.ts'
import { ScaleLegend } from './ScaleLegend.tsx'
import { type HeadChoice, headId, headName } from './types.ts'

export interface AtlasProps {
  /** Per layer [H, Tq, Tk] after softmax; null for a layer that was not captured. */
  maps: readonly (Float32Array | null)[]
  heads: number
  /** Tq. */
  tokens: number
  /** Tk, where other tokens are read than those that read. */
  keys?: number
  /** What the maps are of, spoken; every layer and head by default. */
  label?: string
  /** Thumbnails alone: what is chosen and the scale are said elsewhere. */
  bare?: boolean
  selected: HeadChoice
  onSelect: (choice: HeadChoice) => void
  /** Heads switched off, by `headId`. */
  ablated?: ReadonlySet<string>
  /** How far the heads moved that are to be marked, by `headId`: 0 to 1. */
  moved?: ReadonlyMap<string, number>
  onToggleHead?: (layer: number, head: number) => void
  /** Switches every head of a layer off, or on again where all are off. */
  onToggleLayer?: (layer: number) => void
  /** What a cell says beyond its name: "entropy 2.1 bits, mostly reads [SEP]". Asked of every cell at every render. */
  note?: (choice: HeadChoice) => string
  /** The value at the end of the colours of every map. */
  bound?: number
  /** Thumbnails show patterns rather than values, so small values are lifted by default. */
  contrast?: Contrast
}

const RAIL = 30
const TOP = 22
const GAP = 5
/** Kept free for the frame: a sink is often the last token, a single column at the edge. */
const EDGE = 1
/** With the gap, the 24 px that a finger needs (WCAG 2.2, 2.5.8). */
const SMALLEST = 19

/** A head's map, shrunk so that its largest values stay. */
type Thumbnail = ReturnType<typeof shrink>

/** Every layer × head as small multiples on one canvas, under a grid that keyboards and screen readers walk. */
export function Atlas(props: AtlasProps) {
  const {
    maps,
    heads,
    tokens,
    keys = tokens,
    label = t('atlas.all'),
    bare,
    selected,
    onSelect,
    ablated,
    moved,
    onToggleHead,
    onToggleLayer,
    note,
    bound = WHOLE,
    contrast = 'root',
  } = props
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const grid = useRef<HTMLTableElement>(null)
  const { width } = useSize(frame)
  const theme = useTheme()
  const columns = useMemo<(number | 'mean')[]>(() => ['mean', ...Array.from({ length: heads }, (_, h) => h)], [heads])
  const side = Math.max(SMALLEST, Math.min(96, Math.floor((width - RAIL) / columns.length) - GAP))
  const pitch = side + GAP

  const inside = side - 2 * EDGE
  const pixels = Math.floor(inside * (window.devicePixelRatio || 1))
  // biome-ignore lint/correctness/useExhaustiveDependencies: thumbnails of another size are others
  const known = useMemo(() => new WeakMap<Float32Array, Thumbnail[]>(), [pixels])
  const thumbnails = usePerMap(
    maps,
    known,
    useCallback(
      (map: Float32Array) =>
        columns.map((head) =>
          shrink(headMap(map, tokens, head, keys), { rows: tokens, columns: keys }, { rows: pixels, columns: pixels }),
        ),
      [columns, tokens, keys, pixels],
    ),
  )

  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      thumbnails.forEach((heads, layer) => {
        heads?.forEach(({ data, ...shape }, column) => {
          const style = { scale: 'ink', theme, bound, contrast } as const
          const box = { x: column * pitch + EDGE, y: layer * pitch + EDGE, width: inside, height: inside }
          paintImage(context, data, shape, box, style)
        })
      })
    },
    [thumbnails, pitch, inside, theme, bound, contrast],
  )
  useCanvas(canvas, width > 0 ? columns.length * pitch : 0, maps.length * pitch, draw)

  const onKeyDown = (event: KeyboardEvent) => {
    const at = columns.indexOf(selected.head)
    let layer = selected.layer
    let column = at
    const pressed = keyPressed(ATLAS_KEYS, event.nativeEvent)
    if (pressed === null) return
    if (pressed === 'head') return selected.head === 'mean' ? undefined : onToggleHead?.(layer, selected.head)
    if (pressed === 'layer') return onToggleLayer?.(layer)
    if (pressed === 'right') column++
    else if (pressed === 'left') column--
    else if (pressed === 'down') layer++
    else if (pressed === 'up') layer--
    else column = pressed === 'first' ? 0 : columns.length - 1
    event.preventDefault()
    const head = columns[Math.max(0, Math.min(columns.length - 1, column))]
    layer = Math.max(0, Math.min(maps.length - 1, layer))
    if (head === undefined) return
    onSelect({ layer, head })
    grid.current?.querySelector<HTMLElement>(`[data-cell="${layer}.${head}"]`)?.focus()
  }

  const crossed = (layer: number, head: number | 'mean') =>
    head !== 'mean' && (ablated?.has(headId(layer, head)) ?? false)
  const said = note?.(selected)
  const selectedHead = selected.head
  const layerOff = columns.every((head) => head === 'mean' || crossed(selected.layer, head))
  return (
    <div className="atlas" data-testid="atlas" ref={frame}>
      <div
        className="atlas-body"
        style={{ '--side': `${side}px`, '--gap': `${GAP}px`, '--rail': `${RAIL}px` } as object}
      >
        <div className="atlas-canvas" aria-hidden="true" style={{ left: RAIL, top: TOP }}>
          <canvas ref={canvas} style={{ width: columns.length * pitch, height: maps.length * pitch }} />
        </div>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table of buttons walked by arrows is a grid
          role="grid"
          ref={grid}
          aria-label={label}
          onKeyDown={onKeyDown}
          // In a table that is too narrow, the rail would shrink and the cells would slip from the canvas.
          style={{ width: RAIL + columns.length * pitch }}
        >
          <thead>
            <tr style={{ height: TOP }}>
              <td style={{ width: RAIL }} />
              {columns.map((head) => (
                <th key={head} scope="col" className="atlas-head">
                  <span className="sr-only">
                    {head === 'mean' ? t('atlas.mean') : t('atlas.head', { head: head + 1 })}
                  </span>
                  <span aria-hidden="true">
                    {head === 'mean' ? (side < 33 ? 'μ' : t('atlas.mean.short')) : head + 1}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {maps.map((map, layer) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its index
              <tr key={layer}>
                <th scope="row" className="atlas-layer">
                  <span className="sr-only">{t('atlas.layer')} </span>
                  {layer + 1}
                </th>
                {columns.map((head) => {
                  const choice = { layer, head }
                  const isSelected = selected.layer === layer && selected.head === head
                  const off = crossed(layer, head)
                  const more = note?.(choice)
                  const far = head === 'mean' ? undefined : moved?.get(headId(layer, head))
                  return (
                    <td key={head}>
                      <button
                        type="button"
                        className="atlas-cell"
                        data-testid="head"
                        aria-pressed={isSelected}
                        data-cell={`${layer}.${head}`}
                        data-selected={isSelected || undefined}
                        data-ablated={off || undefined}
                        data-empty={map === null || undefined}
                        data-moved={far !== undefined || undefined}
                        tabIndex={isSelected ? 0 : -1}
                        aria-label={[
                          headName(choice),
                          off && t('atlas.off'),
                          far !== undefined && t('atlas.moved', { share: formatPercent(far) }),
                          more,
                        ]
                          .filter(Boolean)
                          .join(': ')}
                        onClick={() => onSelect(choice)}
                      />
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!bare && (
        <p className="atlas-foot">
          <span>
            <strong className="first-letter">{headName(selected)}</strong>
            {said && <span className="muted"> · {said}</span>}
          </span>
          <ScaleLegend scale="ink" bound={bound} contrast={contrast} />
          <span className="row">
            {onToggleHead && selectedHead !== 'mean' && (
              <Button
                small
                aria-pressed={crossed(selected.layer, selectedHead)}
                data-testid="toggle-head"
                onClick={() => onToggleHead(selected.layer, selectedHead)}
              >
                {t(crossed(selected.layer, selectedHead) ? 'atlas.head.on' : 'atlas.head.off')}
              </Button>
            )}
            {onToggleLayer && (
              <Button
                small
                aria-pressed={layerOff}
                data-testid="toggle-layer"
                onClick={() => onToggleLayer(selected.layer)}
              >
                {t(layerOff ? 'atlas.layer.on' : 'atlas.layer.off')}
              </Button>
            )}
          </span>
        </p>
      )}
    </div>
  )
}
