/** One photo under several layers of values, one row each with what it says, as a standalone SVG document. */

import { shadeOf, type Theme } from './colour.ts'
import { escapeXml } from './escape_xml.ts'
import { peak } from './matrix.ts'
import { PAGE } from './matrix_svg.ts'
import { PHOTO_HEAD, PHOTO_SIDE, photoSvg } from './photo_svg.ts'

export interface FilmFigure {
  title: string
  /** The photo's address: a data URL. */
  photo: string
  rows: number
  columns: number
  theme: Theme
  /** Values are [rows × columns], each coloured up to its own largest, which the notes say. */
  frames: readonly { name: string; values: ArrayLike<number>; notes: readonly string[] }[]
}

const SIDE = 150
const PITCH = SIDE + 24
const TOP = 44
const LINE = 19

export function filmSvg({ title, photo, rows, columns, theme, frames }: FilmFigure): string {
  const { paper, ink } = PAGE[shadeOf(theme)]
  const [width, height] = [640, TOP + frames.length * PITCH]
  const scale = SIDE / PHOTO_SIDE
  const drawn = frames.flatMap(({ name, values, notes }, i) => {
    const y = TOP + i * PITCH
    const figure = {
      title: '',
      photo,
      rows,
      columns,
      values,
      bound: peak(values),
      scale: 'glow',
      opacity: 0.7,
      theme,
    } as const
    const words = [name, ...notes].map(
      (line, l) =>
        `<text x="${SIDE + 28}" y="${y + 18 + l * LINE}" ${l === 0 ? 'font-weight="700"' : ''}>${escapeXml(line)}</text>`,
    )
    return [`<g transform="translate(12 ${y - PHOTO_HEAD * scale}) scale(${scale})">${photoSvg(figure)}</g>`, ...words]
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="100%" height="100%" fill="${paper}"/>`,
    `<g fill="${ink}" font-family="Atkinson Hyperlegible Next, system-ui, sans-serif" font-size="14">`,
    `<text x="12" y="26" font-size="16" font-weight="700">${escapeXml(title)}</text>`,
    ...drawn,
    '</g></svg>',
  ].join('\n')
}
