/** A photo under one value a patch as a standalone SVG document. */

import { type Contrast, ramp, rampPosition, type ScaleName, type Theme } from './colour.ts'
import { formatChange, formatValue } from './format.ts'
import { LEGEND_HEIGHT, legendSvg } from './legend.ts'
import { escapeXml } from './matrix_svg.ts'

export interface PhotoFigure {
  title: string
  /** The photo's address: a data URL, so that the drawing is whole by itself. */
  photo: string
  rows: number
  columns: number
  /** [rows × columns]; NaN leaves a patch bare, null the whole photo. */
  values: ArrayLike<number> | null
  bound: number
  contrast?: Contrast
  scale: Extract<ScaleName, 'glow' | 'diverging'>
  /** Of the most coloured patch, 0 to 1. */
  opacity: number
  theme: Theme
}

const SIDE = 560
const HEAD = 36
const PAGE: Record<Theme, { paper: string; ink: string }> = {
  light: { paper: '#fffdf7', ink: '#1b2130' },
  dark: { paper: '#1a2122', ink: '#f2eee2' },
}

export function photoSvg(figure: PhotoFigure): string {
  const { title, photo, rows, columns, values, bound, contrast, scale, opacity, theme } = figure
  const colour = ramp(scale, theme)
  const { paper, ink } = PAGE[theme]
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
    return `<rect ${box} fill="${fill}" fill-opacity="${alpha}"><title>${row + 1},${column + 1}: ${shown}</title></rect>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${total}" viewBox="0 0 ${SIDE} ${total}">`,
    `<rect width="100%" height="100%" fill="${paper}"/>`,
    `<text x="8" y="24" font-family="Atkinson Hyperlegible Next, system-ui, sans-serif" font-size="16" font-weight="700" fill="${ink}">${escapeXml(title)}</text>`,
    `<image x="0" y="${HEAD}" width="${SIDE}" height="${SIDE}" preserveAspectRatio="none" href="${escapeXml(photo)}"/>`,
    ...cells,
    values
      ? `<g fill="${ink}" font-family="Atkinson Hyperlegible Mono, ui-monospace, monospace">${legendSvg({ scale, bound, contrast }, theme, 8, HEAD + SIDE + 2)}</g>`
      : '',
    '</svg>',
  ].join('\n')
}
