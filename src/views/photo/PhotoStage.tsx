import { type CSSProperties, type KeyboardEvent, type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import { differenceBound, WHOLE } from '../../viz/bounds.ts'
import { formatValue } from '../../viz/format.ts'
import { holdsMass } from '../../viz/matrix.ts'
import { useAnnouncer } from '../hooks/useAnnouncer.tsx'
import { useCanvas } from '../hooks/useCanvas.ts'
import { useSize } from '../hooks/useSize.ts'
import { useTheme } from '../hooks/useTheme.ts'
import { keyPressed, PHOTO_KEYS } from '../keys/tables.ts'
import { type FitChoice, ScaleLegend } from '../maps/ScaleLegend.tsx'
import { t } from '../words/words.ts'
import {
  type OverlayStyle,
  type PatchStatus,
  type Picture,
  paintAttention,
  paintGrid,
  paintMarks,
  paintOutside,
  paintPicture,
  paintStatuses,
} from './paint.ts'

export interface PhotoStageProps {
  /** The picture as the person gave it, already cropped to what the model sees. */
  image: Picture
  alt: string
  rows: number
  columns: number
  /** What the chosen query reads in each patch, row by row; null shows the bare photo. */
  values: Float32Array | null
  /** The value at the end of the colours; by default 1, and of differences by their rule. */
  bound?: number
  /** Lets the reader fit the colours to what is shown; the caller gives another bound then. */
  fit?: FitChoice
  /** Who is asking: "[CLS]", "patch 12". */
  asker?: string
  /** The values in words, where they are not what `asker` reads. */
  readAs?: (value: string) => string
  selectedPatch?: number | null
  onSelectPatch?: (patch: number | null) => void
  statuses?: readonly PatchStatus[]
  overlay?: OverlayStyle
  showGrid?: boolean
  /** Patches to ring: outliers, nearest neighbours. */
  marked?: readonly number[]
  /** Shows the picture's own pixels, however few. */
  pixelated?: boolean
  maxSize?: number
  /** Laid over the photo, in place of choosing patches. */
  children?: ReactNode
}

const PLAIN: OverlayStyle = { opacity: 0.6 }

/** A picture at full sharpness under its patch grid, with one query's attention over it. Arrow keys walk the patches. */
export function PhotoStage(props: PhotoStageProps) {
  const {
    image,
    alt,
    rows,
    columns,
    values,
    asker = '[CLS]',
    readAs,
    selectedPatch = null,
    onSelectPatch,
    statuses,
  } = props
  const overlay = props.overlay ?? PLAIN
  const { opacity, smooth = false, mass = null, look = 'colour', scale = 'glow', contrast } = overlay
  const { marked, pixelated, children, showGrid = true } = props
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  const theme = useTheme()
  const { width: room } = useSize(frame)
  const { region, say } = useAnnouncer()
  const [hover, setHover] = useState<number | null>(null)
  const [cursor, setCursor] = useState(selectedPatch ?? 0)
  const [focused, setFocused] = useState(false)

  const ratio = image.height / image.width
  const width = Math.min(room, props.maxSize ?? 560, (props.maxSize ?? 560) / ratio)
  const height = width * ratio
  const bound = props.bound ?? (scale === 'diverging' ? differenceBound(values ?? []) : WHOLE)
  const held = useMemo(() => (values && mass !== null ? holdsMass(values, mass) : null), [values, mass])

  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      const box = { rows, columns, width, height }
      paintPicture(context, image, box, pixelated)
      if (values && values.length === rows * columns) {
        paintAttention(context, values, box, bound, { opacity, smooth, look, scale, contrast }, theme)
        if (held) paintOutside(context, held, box)
      }
      if (statuses) paintStatuses(context, statuses, box, theme)
      if (showGrid) paintGrid(context, box)
      if (marked) paintMarks(context, marked, box)
    },
    [
      image,
      width,
      height,
      rows,
      columns,
      values,
      bound,
      held,
      statuses,
      smooth,
      look,
      opacity,
      scale,
      contrast,
      theme,
      showGrid,
      marked,
      pixelated,
    ],
  )
  useCanvas(canvas, width, height, draw)

  const tellPatch = (patch: number) => {
    const place = t('patch.place', {
      patch: patch + 1,
      row: Math.floor(patch / columns) + 1,
      column: (patch % columns) + 1,
    })
    const status = statuses?.[patch]
    if (status === 'removed') return t('patch.removed', { place })
    const value = formatValue(values?.[patch] ?? 0)
    const read = values ? `${place}: ${readAs ? readAs(value) : t('patch.read', { asker, value })}` : place
    return status === 'masked' ? t('patch.masked', { place: read }) : read
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const row = Math.floor(cursor / columns)
    const column = cursor % columns
    const pressed = keyPressed(PHOTO_KEYS, event.nativeEvent)
    if (pressed === 'none') onSelectPatch?.(null)
    if (pressed === null || pressed === 'none' || pressed === 'choose') return
    const moves: Record<typeof pressed, [number, number]> = {
      up: [row - 1, column],
      down: [row + 1, column],
      left: [row, column - 1],
      right: [row, column + 1],
      start: [row, 0],
      end: [row, columns - 1],
    }
    const move = moves[pressed]
    event.preventDefault()
    const next = Math.max(0, Math.min(rows - 1, move[0])) * columns + Math.max(0, Math.min(columns - 1, move[1]))
    setCursor(next)
    setHover(null)
    grid.current?.querySelector<HTMLElement>(`[data-patch="${next}"]`)?.focus()
  }

  const told = hover ?? (focused ? cursor : selectedPatch)
  const what = readAs ? readAs('…') : t('photo.grid.reads', { asker })
  const shown = values ? t('photo.grid.colours', { what }) : t('photo.grid.bare')
  return (
    <figure className="photo" data-testid="photo-stage" ref={frame}>
      <div className="photo-frame" style={{ width, height }}>
        <canvas ref={canvas} role="img" aria-label={alt} />
        {/* biome-ignore lint/a11y/useSemanticElements: a table cannot be laid over a picture by percentages */}
        <div
          ref={grid}
          className="photo-grid"
          role="grid"
          aria-label={t('photo.grid', { rows, columns, shown })}
          style={
            {
              gridTemplateColumns: `repeat(${columns}, 1fr)`,
              gridTemplateRows: `repeat(${rows}, 1fr)`,
            } as CSSProperties
          }
          onKeyDown={onKeyDown}
          onPointerLeave={() => setHover(null)}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
        >
          {Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row of patches is its index
            // biome-ignore lint/a11y/useFocusableInteractive: the cells of the row take the focus
            // biome-ignore lint/a11y/useSemanticElements: as above
            <div key={row} role="row" className="photo-row">
              {Array.from({ length: columns }, (_, column) => {
                const patch = row * columns + column
                return (
                  // biome-ignore lint/a11y/useSemanticElements: as above
                  <div
                    key={patch}
                    role="gridcell"
                    className="photo-patch"
                    data-testid="patch"
                    data-patch={patch}
                    data-status={statuses?.[patch] ?? 'read'}
                    data-held={held?.[patch] ? true : undefined}
                    aria-selected={selectedPatch === patch}
                    aria-label={tellPatch(patch)}
                    tabIndex={patch === cursor ? 0 : -1}
                    onFocus={() => setCursor(patch)}
                    onPointerEnter={() => setHover(patch)}
                    onClick={() => {
                      onSelectPatch?.(selectedPatch === patch ? null : patch)
                      say(tellPatch(patch))
                    }}
                    onKeyDown={(event) => {
                      if (keyPressed(PHOTO_KEYS, event.nativeEvent) !== 'choose') return
                      event.preventDefault()
                      onSelectPatch?.(selectedPatch === patch ? null : patch)
                    }}
                  />
                )
              })}
            </div>
          ))}
        </div>
        {children}
      </div>
      <figcaption className="hint photo-caption">
        <span>{told === null ? t('photo.patches', { rows, columns, count: rows * columns }) : tellPatch(told)}</span>
        {values && look === 'colour' && <ScaleLegend {...{ scale, bound, contrast, fit: props.fit }} />}
      </figcaption>
      {region}
    </figure>
  )
}
