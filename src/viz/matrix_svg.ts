/** An attention map as a standalone SVG document: what "export as SVG" saves and "export as PNG" rasterises. */

import {
  type Contrast,
  groundOf,
  ramp,
  rampPosition,
  type ScaleName,
  type Shade,
  shadeOf,
  type Theme,
  textOn,
} from './colour.ts'
import { escapeXml } from './escape_xml.ts'
import { formatCell, formatChange, formatValue } from './format.ts'
import { thinLabels } from './layout.ts'
import { LEGEND_HEIGHT, legendSvg } from './legend.ts'

export interface MatrixFigure {
  /** [rows × columns] */
  values: ArrayLike<number>
  rows: readonly string[]
  columns: readonly string[]
  title: string
  scale: ScaleName
  theme: Theme
  bound: number
  contrast?: Contrast
  /** Cells that may not be read: hatched, as on screen. */
  blocked?: (row: number, column: number) => boolean
  /** The row and the column that are chosen: framed, as on screen. */
  selected?: { row: number; column: number }
  /** What stands across rows that read nothing, and which these are. */
  silent?: { rows: readonly number[]; says: string }
  /** What a cell says, by its index; its value by default. */
  said?: (cell: number) => string
  /** The cells as an image's address: a drawing of more than LARGEST_DRAWN cells would be too heavy to open. */
  picture?: string
}

export const LARGEST_DRAWN = 128 * 128

/** As styles/tokens.css has them; the accent frames what is chosen. */
export const PAGE: Record<Shade, { paper: string; ink: string; accent: string }> = {
  light: { paper: '#fffdf7', ink: '#1b2130', accent: '#b23a12' },
  dark: { paper: '#1a2122', ink: '#f2eee2', accent: '#ff9c74' },
}

/** The hatching of views/maps/paint.ts as a pattern. */
const HATCHING: Record<Shade, string> = {
  light: hatching('rgb(70,62,40)', 0.42),
  dark: hatching('rgb(225,225,205)', 0.38),
}

function hatching(colour: string, opacity: number): string {
  const line = `stroke="${colour}" stroke-opacity="${opacity}" stroke-width="1.25"`
  return `<defs><pattern id="hatching" width="8" height="8" patternUnits="userSpaceOnUse"><path d="M-1 9L9 -1M-9 9L1 -1M7 9L17 -1" fill="none" ${line}/></pattern></defs>`
}

export function matrixSvg(figure: MatrixFigure): string {
  const { values, rows, columns, title, scale, theme, bound, contrast, said, blocked, silent, selected, picture } =
    figure
  const cell = Math.max(2, Math.min(40, Math.floor(960 / Math.max(rows.length, columns.length, 1))))
  const font = Math.max(9, Math.min(14, cell * 0.8))
  const longest = Math.max(3, ...rows.map((label) => label.length), ...columns.map((label) => label.length))
  const rail = longest * font * 0.62 + 12
  const top = rail + 40
  const width = rail + columns.length * cell + 24
  const height = top + rows.length * cell + 24 + LEGEND_HEIGHT
  const colour = ramp(scale, theme)
  const { paper, ink, accent } = PAGE[shadeOf(theme)]
  const show = scale === 'diverging' ? formatChange : formatValue
  const drawn = (row: string, r: number) =>
    columns.map((column, c) => {
      const value = values[r * columns.length + c] as number
      const fill = colour(rampPosition(value, bound, scale, contrast))
      const x = rail + c * cell
      const y = top + r * cell
      const text = cell >= 30 ? (said?.(r * columns.length + c) ?? formatCell(value)) : ''
      const hint = `<title>${escapeXml(`${row} → ${column}: ${said?.(r * columns.length + c) ?? show(value)}`)}</title>`
      const box = `<rect x="${x}" y="${y}" width="${cell - 1}" height="${cell - 1}" fill="${fill}">${hint}</rect>`
      if (!text) return box
      const centre = `x="${x + cell / 2}" y="${y + cell / 2 + 4}"`
      return `${box}<text ${centre} text-anchor="middle" font-size="11" fill="${textOn(fill)}">${escapeXml(text)}</text>`
    })
  const size = `width="${columns.length * cell}" height="${rows.length * cell}"`
  const cells = picture
    ? [`<image x="${rail}" y="${top}" ${size} image-rendering="pixelated" href="${picture}"/>`]
    : rows.flatMap(drawn)
  const closed = blocked
    ? rows.flatMap((_, r) =>
        columns.flatMap((_, c) =>
          blocked(r, c)
            ? [
                `<rect class="blocked" x="${rail + c * cell}" y="${top + r * cell}" width="${cell}" height="${cell}" fill="url(#hatching)"/>`,
              ]
            : [],
        ),
      )
    : []
  const quiet = (silent?.rows ?? []).map((r) => {
    const y = top + (r + 0.5) * cell + font / 3
    return `<text class="silent" x="${rail + 6}" y="${y}" font-style="italic">${escapeXml(silent?.says ?? '')}</text>`
  })
  const frame = (x: number, y: number, w: number, h: number) =>
    `<rect class="selected" x="${x}" y="${y}" width="${w}" height="${h}" fill="none" stroke="${accent}" stroke-width="2"/>`
  const frames = selected
    ? [
        ...(selected.row >= 0 ? [frame(rail, top + selected.row * cell, columns.length * cell, cell)] : []),
        ...(selected.column >= 0 ? [frame(rail + selected.column * cell, top, cell, rows.length * cell)] : []),
      ]
    : []
  const fitting = (labels: readonly string[]) => thinLabels(0, labels.length - 1, cell, font, () => false)
  const rowLabels = fitting(rows).map((r) => {
    const y = top + (r + 0.5) * cell + font / 3
    return `<text x="${rail - 6}" y="${y}" text-anchor="end">${escapeXml(rows[r] ?? '')}</text>`
  })
  const columnLabels = fitting(columns).map((c) => {
    const x = rail + (c + 0.5) * cell + font / 3
    return `<text transform="translate(${x} ${top - 6}) rotate(-90)">${escapeXml(columns[c] ?? '')}</text>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    closed.length > 0 ? HATCHING[groundOf(scale, theme)] : '',
    `<rect width="100%" height="100%" fill="${paper}"/>`,
    `<g fill="${ink}" font-family="Atkinson Hyperlegible Mono, ui-monospace, monospace" font-size="${font}">`,
    `<text x="12" y="24" font-size="16" font-weight="700">${escapeXml(title)}</text>`,
    ...rowLabels,
    ...columnLabels,
    ...cells,
    ...closed,
    ...frames,
    ...quiet,
    legendSvg({ scale, bound, contrast }, theme, rail, height - LEGEND_HEIGHT - 8),
    '</g></svg>',
  ].join('\n')
}
