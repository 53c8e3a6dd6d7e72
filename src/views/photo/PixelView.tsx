import { useCallback, useRef } from 'react'
import { useCanvas } from '../hooks/useCanvas.ts'

export interface PixelViewProps {
  picture: { width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> }
  /** Width in CSS pixels. */
  size: number
  /** Empty where the picture is named beside it. */
  alt: string
}

/** A few pixels, large, each a square of its own. */
export function PixelView({ picture, size, alt }: PixelViewProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const height = (size * picture.height) / picture.width
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      const own = new OffscreenCanvas(picture.width, picture.height)
      own.getContext('2d')?.putImageData(new ImageData(picture.data, picture.width, picture.height), 0, 0)
      context.imageSmoothingEnabled = false
      context.drawImage(own, 0, 0, size, height)
    },
    [picture, size, height],
  )
  useCanvas(canvas, size, height, draw)
  return (
    <canvas
      ref={canvas}
      className="pixels"
      style={{ width: size, height }}
      {...(alt ? { role: 'img', 'aria-label': alt } : { 'aria-hidden': true })}
    />
  )
}
