/** Every map of a run as small multiples in a standalone SVG document. */

import { shadeOf, type Theme } from './colour.ts'
import { escapeXml } from './escape_xml.ts'
import { LEGEND_HEIGHT, legendSvg, type Scale } from './legend.ts'
import { PAGE } from './matrix_svg.ts'
import { layerName } from './names.ts'

export interface AtlasFigure {
  title: string
  theme: Theme
  columns: readonly string[]
  /** Of every thumbnail. */
  scale: Scale
  rows: readonly { layer: number; cells: readonly AtlasCell[] }[]
}

export interface AtlasCell {
  /** The thumbnail, as an image's address. */
  picture: string
  /** Switched off: crossed out. */
  off?: boolean
  /** On screen in large: framed. */
  selected?: boolean
  /** Among the heads that the last edit moved most: a dot. */
  moved?: boolean
}

const SIDE = 96
const GAP = 8
const RAIL = 76
const TOP = 72

export function atlasSvg({ title, theme, columns: names, scale, rows }: AtlasFigure): string {
  const pitch = SIDE + GAP
  const width = Math.max(RAIL + names.length * pitch + GAP, 24 + title.length * 9)
  const height = TOP + rows.length * pitch + GAP + LEGEND_HEIGHT
  const { paper, ink, accent } = PAGE[shadeOf(theme)]
  const columns = names.map((name, head) => {
    const x = RAIL + head * pitch + SIDE / 2
    return `<text x="${x}" y="${TOP - 8}" text-anchor="middle">${escapeXml(name)}</text>`
  })
  const lines = rows.flatMap(({ layer, cells }, r) => {
    const y = TOP + r * pitch
    const name = `<text x="${RAIL - 8}" y="${y + SIDE / 2 + 5}" text-anchor="end">${escapeXml(layerName(layer))}</text>`
    const images = cells.map(({ picture, off, selected, moved }, column) => {
      const x = RAIL + column * pitch
      const place = `x="${x}" y="${y}" width="${SIDE}" height="${SIDE}"`
      const edge = `<rect ${place} fill="none" stroke="${ink}" stroke-opacity="0.25"/>`
      const marks = [off && crossed(x, y), selected && framed(x, y, accent), moved && dotted(x, y, accent, paper)]
      return [`<image ${place} image-rendering="pixelated" href="${picture}"/>`, edge, ...marks]
        .filter(Boolean)
        .join('')
    })
    return [name, ...images]
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="100%" height="100%" fill="${paper}"/>`,
    `<g fill="${ink}" font-family="Atkinson Hyperlegible Mono, ui-monospace, monospace" font-size="13">`,
    `<text x="12" y="28" font-size="16" font-weight="700">${escapeXml(title)}</text>`,
    ...columns,
    ...lines,
    legendSvg(scale, theme, RAIL, height - LEGEND_HEIGHT),
    '</g></svg>',
  ].join('\n')
}

function framed(x: number, y: number, accent: string): string {
  return `<rect class="selected" x="${x - 3}" y="${y - 3}" width="${SIDE + 6}" height="${SIDE + 6}" rx="4" fill="none" stroke="${accent}" stroke-width="3"/>`
}

function dotted(x: number, y: number, accent: string, paper: string): string {
  return `<circle class="moved" cx="${x + SIDE - 2}" cy="${y + 2}" r="6" fill="${accent}" stroke="${paper}" stroke-width="2"/>`
}

function crossed(x: number, y: number): string {
  return `<path class="off" d="M${x} ${y}l${SIDE} ${SIDE}M${x + SIDE} ${y}l${-SIDE} ${SIDE}" stroke="#c03020" stroke-width="3"/>`
}
