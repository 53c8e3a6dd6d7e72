import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { grown, type PaintTool, type Stroke, withinReach } from '../../loaders/image_paint.ts'
import type { Rect } from '../../loaders/image_resize.ts'
import { BRUSH_KEYS, keyPressed } from '../keys/tables.ts'
import { t } from '../words/words.ts'

export interface Brush {
  tool: PaintTool
  colour: string
  /** Share of the picture's shorter side. */
  size: number
}

export interface PaintFrameProps {
  brush: Brush
  /** The whole photo's size, and the part of it that is shown. */
  picture: { width: number; height: number }
  shown: Rect
  /** Strokes the drawn run does not have yet: shown at once, as lines. */
  pending: readonly Stroke[]
  /** The stroke under the pen, again each time it grows. */
  onDrag: (stroke: Stroke) => void
  onDrop: () => void
}

type Point = readonly [x: number, y: number]

/**
 * Laid over a photo: strokes with a pen, finger or mouse; with the keyboard, arrows move the brush, Space dabs, Shift with
 * an arrow draws. Points are shares of the whole photo.
 */
export function PaintFrame({ brush, picture, shown, pending, onDrag, onDrop }: PaintFrameProps) {
  const frame = useRef<SVGSVGElement>(null)
  const stroke = useRef<Stroke | null>(null)
  const [cursor, setCursor] = useState<Point | null>(null)
  const shorter = Math.min(picture.width, picture.height)
  const middle: Point = [
    (shown.left + shown.width / 2) / picture.width,
    (shown.top + shown.height / 2) / picture.height,
  ]

  const pointOf = (event: PointerEvent): Point => {
    const box = (frame.current as SVGSVGElement).getBoundingClientRect()
    return [
      rounded((shown.left + ((event.clientX - box.left) / box.width) * shown.width) / picture.width),
      rounded((shown.top + ((event.clientY - box.top) / box.height) * shown.height) / picture.height),
    ]
  }
  const draw = (points: readonly Point[]) => {
    stroke.current = { ...brush, points }
    onDrag(stroke.current)
  }
  const end = () => {
    if (!stroke.current) return
    stroke.current = null
    onDrop()
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const at = cursor ?? middle
    const pressed = keyPressed(BRUSH_KEYS, event.nativeEvent)
    if (pressed === 'dab') {
      event.preventDefault()
      draw([at])
      end()
      return
    }
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (pressed === null || !move) return
    event.preventDefault()
    const step = Math.max(0.01, brush.size / 2) * shorter
    const within = (value: number, from: number, to: number) => rounded(Math.min(to, Math.max(from, value)))
    const next: Point = [
      within(
        at[0] + ((move[0] as number) * step) / picture.width,
        shown.left / picture.width,
        (shown.left + shown.width) / picture.width,
      ),
      within(
        at[1] + ((move[1] as number) * step) / picture.height,
        shown.top / picture.height,
        (shown.top + shown.height) / picture.height,
      ),
    ]
    setCursor(next)
    if (pressed !== 'stroke') return
    draw([at, next])
    end()
  }

  return (
    <svg
      ref={frame}
      className="paint-frame"
      viewBox={`${shown.left} ${shown.top} ${shown.width} ${shown.height}`}
      preserveAspectRatio="none"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the focus for its keys
      tabIndex={0}
      aria-label={t('paint.frame')}
      data-testid="paint-frame"
      onKeyDown={onKeyDown}
      onFocus={() => setCursor((old) => old ?? middle)}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        draw([pointOf(event)])
      }}
      onPointerMove={(event) => {
        const at = pointOf(event)
        setCursor(at)
        const last = stroke.current?.points.at(-1)
        if (stroke.current && last && (last[0] !== at[0] || last[1] !== at[1])) draw(grown(stroke.current.points, at))
      }}
      onPointerUp={end}
      onPointerCancel={end}
      onPointerLeave={() => setCursor(null)}
    >
      {pending.map((one, i) => (
        <polyline
          // biome-ignore lint/suspicious/noArrayIndexKey: strokes have no other name
          key={i}
          className="paint-stroke"
          data-tool={one.tool}
          points={[...one.points, ...one.points.slice(-1)]
            .map(([x, y]) => `${x * picture.width},${y * picture.height}`)
            .join(' ')}
          stroke={one.tool === 'brush' ? one.colour : undefined}
          strokeWidth={one.size * shorter}
        />
      ))}
      {cursor && (
        <circle
          className="paint-cursor"
          cx={cursor[0] * picture.width}
          cy={cursor[1] * picture.height}
          r={(brush.size * shorter) / 2}
        />
      )}
    </svg>
  )
}

/** Fine enough for the sharpest photo, short enough for a link, and within what a link may hold. */
function rounded(share: number): number {
  return Math.round(withinReach(share) * 1e4) / 1e4
}
