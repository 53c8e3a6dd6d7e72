import { useCallback, useRef } from 'react'
import { WHOLE } from '../../viz/bounds.ts'
import { useCanvas } from '../hooks/useCanvas.ts'
import { useTheme } from '../hooks/useTheme.ts'
import { ScaleLegend } from '../maps/ScaleLegend.tsx'
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
  /** The value at the end of the colours of every frame; 1 by default. */
  bound?: number
  /** Side of a frame in CSS pixels. */
  size?: number
  label?: string
}

const PLAIN: OverlayStyle = { opacity: 0.7 }

/** The same photo under the attention of several layers, heads or tokens: a story from left to right. */
export function FilmStrip(props: FilmStripProps) {
  const {
    frames,
    selected,
    onSelect,
    size = 112,
    label = t('film'),
    overlay = PLAIN,
    bound = WHOLE,
    ...picture
  } = props
  const { scale = 'glow', contrast } = overlay
  return (
    <>
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
              <FilmFrame {...picture} values={frame.values} overlay={overlay} bound={bound} size={size} />
              <span className="film-name">{frame.name}</span>
              {frame.note && <span className="hint">{frame.note}</span>}
            </button>
          </li>
        ))}
      </ol>
      {frames.some(({ values }) => values.length > 0) && <ScaleLegend {...{ scale, bound, contrast }} />}
    </>
  )
}

type FilmFrameProps = Pick<FilmStripProps, 'image' | 'rows' | 'columns'> & {
  values: Float32Array
  overlay: OverlayStyle
  bound: number
  size: number
}

/** One small photo under one value a patch, coloured up to `bound`. */
export function FilmFrame({ image, rows, columns, values, overlay, bound, size }: FilmFrameProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useTheme()
  const height = (size * image.height) / image.width
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      const box = { rows, columns, width: size, height }
      paintPicture(context, image, box)
      if (values.length === rows * columns) paintAttention(context, values, box, bound, overlay, theme)
    },
    [image, rows, columns, values, overlay, bound, size, height, theme],
  )
  useCanvas(canvas, size, height, draw)
  return <canvas ref={canvas} style={{ width: size, height }} />
}
