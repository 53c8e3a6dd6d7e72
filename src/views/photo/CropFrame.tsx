import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useRef } from 'react'
import { type Crop, cropRect, moveCrop, resizeCrop, zoomCrop } from '../../loaders/image_crop.ts'
import { useCanvas } from '../hooks/useCanvas.ts'
import { useSize } from '../hooks/useSize.ts'
import { CROP_KEYS, keyPressed } from '../keys/tables.ts'
import { t } from '../words/words.ts'
import { type Picture, paintPicture } from './paint.ts'

export interface CropFrameProps {
  /** The whole photo. */
  image: Picture
  alt: string
  crop: Crop
  /** Width / height of what the model reads. */
  aspect?: number
  /** While the square is dragged or zoomed. */
  onDrag: (crop: Crop) => void
  /** The gesture has ended. */
  onDrop: () => void
  maxSize?: number
}

const CORNERS = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
] as const
type Corner = (typeof CORNERS)[number]

/** Keys, wheel and pinch have no end of their own: the gesture ends after this pause. */
const PAUSE_MS = 400
const NUDGE = 0.02
const ZOOM = 1.1

/**
 * The whole photo with the part that the model sees, mostly a square: drag it or its corners, pinch or use the wheel to zoom; with the
 * keyboard, arrows move it, + and − zoom.
 */
export function CropFrame({ image, alt, crop, aspect = 1, onDrag, onDrop, maxSize = 580 }: CropFrameProps) {
  const frame = useRef<HTMLDivElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const { width: room } = useSize(frame)
  const ratio = image.height / image.width
  // A tall photo is no taller than the room is wide.
  const limit = Math.min(maxSize, room)
  const width = Math.min(limit, limit / ratio)
  const height = width * ratio
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => paintPicture(context, image, { width, height }),
    [image, width, height],
  )
  useCanvas(canvas, width, height, draw)

  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const change = (next: Crop) => {
    clearTimeout(pause.current)
    onDrag(next)
  }
  const changeAndPause = (next: Crop) => {
    change(next)
    pause.current = setTimeout(onDrop, PAUSE_MS)
  }
  useEffect(() => () => clearTimeout(pause.current), [])

  const pointers = useRef(new Map<number, { x: number; y: number }>())
  const corner = useRef<Corner | null>(null)
  const shares = (event: { clientX: number; clientY: number }) => {
    const { left, top } = (box.current as HTMLDivElement).getBoundingClientRect()
    return { x: (event.clientX - left) / width, y: (event.clientY - top) / height }
  }
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return
    box.current?.setPointerCapture(event.pointerId)
    const held = (event.target as Element).closest<HTMLElement>('[data-corner]')?.dataset.corner
    corner.current = held === undefined ? null : (CORNERS[Number(held)] ?? null)
    pointers.current.set(event.pointerId, shares(event))
  }
  const onPointerMove = (event: PointerEvent) => {
    const before = pointers.current.get(event.pointerId)
    if (!before) return
    const now = shares(event)
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1]
    pointers.current.set(event.pointerId, now)
    if (other) {
      const apart = (p: typeof now) => Math.hypot((p.x - other.x) * width, (p.y - other.y) * height)
      // Spreading the fingers grows the photo in the square: the square shrinks round their middle.
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
      change(zoomCrop(crop, apart(now) / Math.max(1, apart(before)), image, middle, aspect))
    } else if (corner.current) {
      change(resizeCrop(crop, corner.current, now, image, aspect))
    } else {
      const shorter = Math.min(width, height)
      const [dx, dy] = [((now.x - before.x) * width) / shorter, ((now.y - before.y) * height) / shorter]
      change(moveCrop(crop, dx, dy, image, aspect))
    }
  }
  const onPointerUp = (event: PointerEvent) => {
    if (pointers.current.delete(event.pointerId) && pointers.current.size === 0) onDrop()
  }

  // React listens to wheels passively: only a listener of our own may keep the page from scrolling.
  const onWheel = useRef<(event: WheelEvent) => void>(undefined)
  onWheel.current = (event) => {
    event.preventDefault()
    changeAndPause(zoomCrop(crop, Math.exp(-event.deltaY / 400), image, shares(event), aspect))
  }
  useEffect(() => {
    const element = box.current
    const listen = (event: WheelEvent) => onWheel.current?.(event)
    element?.addEventListener('wheel', listen, { passive: false })
    return () => element?.removeEventListener('wheel', listen)
  }, [])

  const onKeyDown = (event: KeyboardEvent) => {
    const pressed = keyPressed(CROP_KEYS, event.nativeEvent)
    if (pressed === null) return
    event.preventDefault()
    changeAndPause(movedBy(pressed, crop, image, aspect))
  }

  const { left, top, width: partWidth, height: partHeight } = cropRect(crop, image, aspect)
  const percent = (share: number) => `${share * 100}%`
  const size = Math.round(crop.size * 100)
  return (
    <div className="photo" ref={frame} data-testid="crop-frame">
      <div
        ref={box}
        className="photo-frame crop-frame"
        style={{ width, height }}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
      >
        <canvas ref={canvas} role="img" aria-label={alt} />
        <div
          className="crop-square"
          role="application"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the focus for its keys
          tabIndex={0}
          aria-label={t('crop.square', { size })}
          style={{
            left: percent(left / image.width),
            top: percent(top / image.height),
            width: percent(partWidth / image.width),
            height: percent(partHeight / image.height),
          }}
          onKeyDown={onKeyDown}
          data-testid="crop-square"
        >
          {CORNERS.map(([right, down], i) => (
            <span key={`${right} ${down}`} className="crop-corner" data-corner={i} aria-hidden="true" />
          ))}
        </div>
      </div>
    </div>
  )
}

function movedBy(way: (typeof CROP_KEYS)[number]['id'], crop: Crop, picture: Picture, aspect: number): Crop {
  switch (way) {
    case 'left':
      return moveCrop(crop, -NUDGE, 0, picture, aspect)
    case 'right':
      return moveCrop(crop, NUDGE, 0, picture, aspect)
    case 'up':
      return moveCrop(crop, 0, -NUDGE, picture, aspect)
    case 'down':
      return moveCrop(crop, 0, NUDGE, picture, aspect)
    case 'closer':
      return zoomCrop(crop, ZOOM, picture, crop, aspect)
    case 'further':
      return zoomCrop(crop, 1 / ZOOM, picture, crop, aspect)
  }
}
