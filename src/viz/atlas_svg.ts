/** Every map of a run as small multiples in a standalone SVG document. */

import type { Theme } from './colour.ts'
import { LEGEND_HEIGHT, legendSvg, type Scale } from './legend.ts'
import { escapeXml, PAGE } from './matrix_svg.ts'
import { layerName } from './names.ts'

export interface AtlasFigure {
  title: string
  theme: Theme
  columns: readonly string[]
  /** Of every thumbnail. */
  scale: Scale
  /** Each layer with its thumbnails, as addresses of images; a head that is switched off is crossed out. */
  rows: readonly { layer: number; cells: readonly { picture: string; off: boolean }[] }[]
}

const SIDE = 96
const GAP = 8
const RAIL = 76
const TOP = 72

export function atlasSvg({ title, theme, columns: names, scale, rows }: AtlasFigure): string {
  const pitch = SIDE + GAP
  const width = Math.max(RAIL + names.length * pitch + GAP, 24 + title.length * 9)
  const height = TOP + rows.length * pitch + GAP + LEGEND_HEIGHT
  const { paper, ink } = PAGE[theme]
  const columns = names.map((name, head) => {
    const x = RAIL + head * pitch + SIDE / 2
    return `<text x="${x}" y="${TOP - 8}" text-anchor="middle">${escapeXml(name)}</text>`
  })
  const lines = rows.flatMap(({ layer, cells }, r) => {
    const y = TOP + r * pitch
    const name = `<text x="${RAIL - 8}" y="${y + SIDE / 2 + 5}" text-anchor="end">${escapeXml(layerName(layer))}</text>`
    const images = cells.map(({ picture, off }, column) => {
      const x = RAIL + column * pitch
      const place = `x="${x}" y="${y}" width="${SIDE}" height="${SIDE}"`
      const edge = `<rect ${place} fill="none" stroke="${ink}" stroke-opacity="0.25"/>`
      return `<image ${place} image-rendering="pixelated" href="${picture}"/>${edge}${off ? crossed(x, y) : ''}`
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

function crossed(x: number, y: number): string {
  return `<path class="off" d="M${x} ${y}l${SIDE} ${SIDE}M${x + SIDE} ${y}l${-SIDE} ${SIDE}" stroke="#c03020" stroke-width="3"/>`
}
