/** What an output reads in a source as lines between two lists of tokens: an alignment, as a standalone SVG document. */

import { shadeOf, type Theme } from './colour.ts'
import { escapeXml } from './escape_xml.ts'
import { PAGE } from './matrix_svg.ts'

export interface AlignmentFigure {
  title: string
  theme: Theme
  /** Both lists of tokens, from top to bottom. */
  targets: readonly string[]
  sources: readonly string[]
  /** [targets, sources] */
  shares: ArrayLike<number>
  /** By target the sources that it is known to be read from; null: nothing is known. */
  truth?: readonly (readonly number[] | null)[]
  /** The target whose lines stand out. */
  chosen?: number | null
}

const LINE = 24
const RAIL = 132
const GAP = 190
const TOP = 44
/** Thinner lines are not seen. */
const LEAST = 0.02

export function alignmentSvg({ title, theme, targets, sources, shares, truth, chosen }: AlignmentFigure): string {
  const { paper, ink, accent } = PAGE[shadeOf(theme)]
  const width = 2 * RAIL + GAP
  const height = TOP + Math.max(targets.length, sources.length) * LINE + 12
  const middle = (i: number) => TOP + (i + 0.5) * LINE
  const [left, right] = [RAIL, RAIL + GAP]
  const lines = targets.flatMap((_, row) =>
    sources.flatMap((__, column) => {
      const share = shares[row * sources.length + column] as number
      if (!(share >= LEAST)) return []
      const isChosen = row === chosen
      const known = truth?.[row]?.includes(column)
      const bend = `C${left + GAP / 2} ${middle(row)} ${left + GAP / 2} ${middle(column)} ${right} ${middle(column)}`
      const hint = `<title>${escapeXml(`${targets[row]} – ${sources[column]}: ${share.toFixed(3)}`)}</title>`
      return [
        `<path d="M${left} ${middle(row)}${bend}" fill="none" stroke="${isChosen ? accent : ink}" stroke-opacity="${(chosen == null || isChosen ? share : share / 3).toFixed(3)}" stroke-width="${(1 + 4 * share).toFixed(1)}"${truth?.[row] && !known ? ' stroke-dasharray="4 4"' : ''}>${hint}</path>`,
      ]
    }),
  )
  const label = (text: string, x: number, y: number, anchor: string, marked: boolean) =>
    `<text x="${x}" y="${y + 5}" text-anchor="${anchor}"${marked ? ` fill="${accent}" font-weight="700"` : ''}>${escapeXml(text)}</text>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="100%" height="100%" fill="${paper}"/>`,
    `<g fill="${ink}" font-family="Atkinson Hyperlegible Mono, ui-monospace, monospace" font-size="14">`,
    `<text x="12" y="24" font-weight="700">${escapeXml(title)}</text>`,
    ...lines,
    ...targets.map((text, row) => label(text, left - 8, middle(row), 'end', row === chosen)),
    ...sources.map((text, column) => label(text, right + 8, middle(column), 'start', false)),
    '</g></svg>',
  ].join('\n')
}
