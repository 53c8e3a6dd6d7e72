import { useCallback, useRef } from 'react'
import { peak } from '../../viz/matrix.ts'
import { useCanvas } from '../hooks/useCanvas.ts'
import { useTheme } from '../hooks/useTheme.ts'
import { t } from '../words/words.ts'
import { type OverlayStyle, type Picture, paintAttention, paintPicture } from './paint.ts'

export interface FilmStripProps {
  image: Picture
  rows: number
  columns: number
  /** One frame each: a layer, a head, a register. Values are [N]. */
  frames: readonly { name: string; values: Float32Array; note?: string }[]
  selected?: number | null
  onSelect?: (frame: number) => void
  overlay?: OverlayStyle
  /** Side of a frame in CSS pixels. */
  size?: number
  label?: string
}

const PLAIN: OverlayStyle = { opacity: 0.7 }

/** The same photo under the attention of several layers, heads or tokens: a story from left to right. */
export function FilmStrip(props: FilmStripProps) {
  const { frames, selected, onSelect, size = 112, label = t('film'), overlay = PLAIN, ...picture } = props
  return (
    <ol className="film" aria-label={label} data-testid="film-strip">
      {frames.map((frame, i) => (
        <li key={frame.name}>
          <button
            type="button"
            className="film-frame"
            data-testid="film-frame"
            aria-pressed={selected === i}
            disabled={!onSelect}
            onClick={() => onSelect?.(i)}
          >
            <FilmFrame {...picture} values={frame.values} overlay={overlay} size={size} />
            <span className="film-name">{frame.name}</span>
            {frame.note && <span className="hint">{frame.note}</span>}
          </button>
        </li>
      ))}
    </ol>
  )
}

type FilmFrameProps = Pick<FilmStripProps, 'image' | 'rows' | 'columns'> & {
  values: Float32Array
  overlay: OverlayStyle
  size: number
}

/** One small photo under one value a patch, each coloured up to its own largest. */
export function FilmFrame({ image, rows, columns, values, overlay, size }: FilmFrameProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useTheme()
  const height = (size * image.height) / image.width
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      const box = { rows, columns, width: size, height }
      paintPicture(context, image, box)
      if (values.length === rows * columns) paintAttention(context, values, box, peak(values), overlay, theme)
    },
    [image, rows, columns, values, overlay, size, height, theme],
  )
  useCanvas(canvas, size, height, draw)
  return <canvas ref={canvas} style={{ width: size, height }} />
}
