/** What stands under a saved figure: the sentences that say what is shown, the model and the link that made it. */

import { shadeOf, type Theme } from './colour.ts'
import { escapeXml } from './escape_xml.ts'
import { PAGE } from './matrix_svg.ts'

export interface FigureFrame {
  theme: Theme
  /** Sentences, a paragraph each. */
  says: readonly string[]
  /** Opens the same run again. */
  link: string
}

const NARROWEST = 460
const MARGIN = 12
const LINE = 18
/** Width of a character of the sentences, and of the link. */
const CHARACTER = 7
const LINK_CHARACTER = 5.5
const LINK_LINE = 12
/** A link may hold a photo: what is left of a longer one is in the picture's own link alone. */
const LINK_LINES = 12

/** @param svg a standalone document that begins with its width and height */
export function framed(svg: string, { theme, says, link }: FigureFrame): string {
  const [, w = '0', h = '0'] = /^<svg[^>]*?\swidth="([\d.]+)"[^>]*?\sheight="([\d.]+)"/.exec(svg) ?? []
  const [inner, tall] = [Number(w), Number(h)]
  const width = Math.max(NARROWEST, inner)
  const { paper, ink } = PAGE[shadeOf(theme)]
  let y = tall + MARGIN
  const parts: string[] = []
  for (const line of says.flatMap((sentence) => wrapped(sentence, Math.floor((width - 2 * MARGIN) / CHARACTER)))) {
    y += LINE
    parts.push(`<text class="says" x="${MARGIN}" y="${y - 5}">${escapeXml(line)}</text>`)
  }
  y += 4
  const perLine = Math.floor((width - 2 * MARGIN) / LINK_CHARACTER)
  const address = cut(shortened(link, LINK_LINES * perLine), perLine).map((line) => {
    y += LINK_LINE
    return `<text x="${MARGIN}" y="${y - 3}" font-size="9" font-family="ui-monospace, monospace">${escapeXml(line)}</text>`
  })
  parts.push(`<a href="${escapeXml(link)}">${address.join('')}</a>`)
  const height = Math.ceil(y + MARGIN)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="100%" height="100%" fill="${paper}"/>`,
    svg,
    `<g fill="${ink}" font-family="Atkinson Hyperlegible Next, system-ui, sans-serif" font-size="13">`,
    ...parts,
    '</g></svg>',
  ].join('\n')
}

function wrapped(text: string, characters: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > characters) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}

function cut(text: string, characters: number): string[] {
  return Array.from({ length: Math.ceil(text.length / characters) }, (_, i) =>
    text.slice(i * characters, (i + 1) * characters),
  )
}
