/** A photo under one value a patch as a standalone SVG document. */

import { boxesSvg, type FigureBox } from './boxes_svg.ts'
import { type Contrast, ramp, rampPosition, type ScaleName, shadeOf, type Theme } from './colour.ts'
import { escapeXml } from './escape_xml.ts'
import { formatChange, formatValue } from './format.ts'
import { LEGEND_HEIGHT, legendSvg } from './legend.ts'
import { PAGE } from './matrix_svg.ts'

export interface PhotoFigure {
  title: string
  /** The photo's address: a data URL, so that the drawing is whole by itself. */
  photo: string
  rows: number
  columns: number
  /** [rows × columns]; NaN leaves a patch bare, null the whole photo. */
  values: ArrayLike<number> | null
  /** Masked patches are hatched, removed ones bare paper, as on screen (views/photo/paint.ts). */
  statuses?: readonly ('read' | 'masked' | 'removed')[]
  /** The patch that is chosen: framed. */
  selected?: number | null
  /** Lines between the patches. */
  grid?: boolean
  bound: number
  contrast?: Contrast
  scale: Extract<ScaleName, 'glow' | 'diverging'>
  /** Boxes over all. */
  boxes?: readonly FigureBox[]
  /** Of the most coloured patch, 0 to 1. */
  opacity: number
  theme: Theme
}

/** The photo's side, and the room for the title above it. */
export const PHOTO_SIDE = 560
export const PHOTO_HEAD = 36
const SIDE = PHOTO_SIDE
const HEAD = PHOTO_HEAD

const SILENCED =
  '<defs><pattern id="silenced" width="8" height="8" patternUnits="userSpaceOnUse"><path d="M-1 9L9 -1M-9 9L1 -1M7 9L17 -1" fill="none" stroke="#ffffff" stroke-opacity="0.85" stroke-width="1.5"/></pattern></defs>'

export function photoSvg(figure: PhotoFigure): string {
  const {
    title,
    photo,
    rows,
    columns,
    values,
    bound,
    contrast,
    scale,
    opacity,
    theme,
    statuses = [],
    selected,
    grid,
    boxes = [],
  } = figure
  const colour = ramp(scale, theme)
  const { paper, ink, accent } = PAGE[shadeOf(theme)]
  const total = HEAD + SIDE + (values ? LEGEND_HEIGHT : 0)
  const [width, height] = [SIDE / columns, SIDE / rows]
  const cells = Array.from(values ?? [], (value, patch) => {
    if (Number.isNaN(value)) return ''
    const [row, column] = [Math.floor(patch / columns), patch % columns]
    const size = bound > 0 ? Math.min(1, Math.abs(value) / bound) : 0
    // As on screen (views/photo/paint.ts): what is hardly read lets the photo through.
    const alpha = (opacity * (0.45 + 0.55 * Math.sqrt(size))).toFixed(3)
    const shown = scale === 'diverging' ? formatChange(value) : formatValue(value)
    const box = `x="${column * width}" y="${HEAD + row * height}" width="${width}" height="${height}"`
    const fill = colour(rampPosition(value, bound, scale, contrast))
    return `<rect ${box} fill="${fill}" fill-opacity="${alpha}"><title>${row + 1},${column + 1}: ${escapeXml(shown)}</title></rect>`
  })
  const silenced = statuses.flatMap((status, patch) => {
    if (status === 'read') return []
    const [x, y] = [(patch % columns) * width, HEAD + Math.floor(patch / columns) * height]
    const box = `x="${x}" y="${y}" width="${width}" height="${height}"`
    if (status === 'removed') return [`<rect class="removed" ${box} fill="${paper}"/>`]
    const dim = `<rect ${box} fill="rgb(20,24,30)" fill-opacity="0.35"/>`
    return [`${dim}<rect class="masked" ${box} fill="url(#silenced)"/>`]
  })
  const lines = grid
    ? [
        ...Array.from({ length: columns - 1 }, (_, c) => `M${(c + 1) * width} ${HEAD}v${SIDE}`),
        ...Array.from({ length: rows - 1 }, (_, r) => `M0 ${HEAD + (r + 1) * height}h${SIDE}`),
      ].join('')
    : ''
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${total}" viewBox="0 0 ${SIDE} ${total}">`,
    `<rect width="100%" height="100%" fill="${paper}"/>`,
    `<text x="8" y="24" font-family="Atkinson Hyperlegible Next, system-ui, sans-serif" font-size="16" font-weight="700" fill="${ink}">${escapeXml(title)}</text>`,
    `<image x="0" y="${HEAD}" width="${SIDE}" height="${SIDE}" preserveAspectRatio="none" href="${escapeXml(photo)}"/>`,
    ...cells,
    ...(silenced.some((box) => box.includes('masked')) ? [SILENCED] : []),
    ...silenced,
    ...(lines ? [`<path class="grid" d="${lines}" stroke="#ffffff" stroke-opacity="0.45" fill="none"/>`] : []),
    ...(selected == null
      ? []
      : [
          `<rect class="selected" x="${(selected % columns) * width}" y="${HEAD + Math.floor(selected / columns) * height}" width="${width}" height="${height}" fill="none" stroke="${accent}" stroke-width="4"/>`,
        ]),
    ...(boxes.length > 0 ? [boxesSvg(boxes, SIDE, HEAD)] : []),
    values
      ? `<g fill="${ink}" font-family="Atkinson Hyperlegible Mono, ui-monospace, monospace">${legendSvg({ scale, bound, contrast }, theme, 8, HEAD + SIDE + 2)}</g>`
      : '',
    '</svg>',
  ].join('\n')
}
