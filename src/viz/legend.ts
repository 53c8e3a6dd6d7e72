/** What the colours of a scale stand for, in words and as a drawing. */

import { type Contrast, ramp, rampPosition, type ScaleName, type Theme } from './colour.ts'
import { escapeXml } from './escape_xml.ts'
import { formatChange, formatValue } from './format.ts'

export interface Scale {
  scale: ScaleName
  /** The value at the end of the colours; a diverging scale begins at −bound. */
  bound: number
  contrast?: Contrast
}

/** Both ends as they are printed. */
export function scaleEnds({ scale, bound }: Scale): [low: string, high: string] {
  const end = (value: number) => (Number.isInteger(value) ? String(value) : formatValue(value))
  return scale === 'diverging'
    ? [formatChange(-bound).replace(/[.,]0+$/, ''), formatChange(bound).replace(/[.,]0+$/, '')]
    : ['0', end(bound)]
}

/** The colours of a scale from its low to its high end, even in values. */
export function scaleStops({ scale, contrast }: Scale, theme: Theme): string[] {
  const colour = ramp(scale, theme)
  const low = scale === 'diverging' ? -1 : 0
  return Array.from({ length: 21 }, (_, i) => colour(rampPosition(low + ((1 - low) * i) / 20, 1, scale, contrast)))
}

const WIDTH = 140
/** Of a legend with the room around it. */
export const LEGEND_HEIGHT = 28

/** As a group of SVG elements whose top left corner is at x, y. */
export function legendSvg(scale: Scale, theme: Theme, x: number, y: number): string {
  const [low, high] = scaleEnds(scale)
  const from = low.length * 8 + 8
  const stops = scaleStops(scale, theme)
  const step = WIDTH / stops.length
  const boxes = stops.map(
    (fill, i) => `<rect x="${from + i * step}" y="4" width="${step + 0.5}" height="12" fill="${fill}"/>`,
  )
  return [
    `<g class="legend" transform="translate(${x} ${y})" font-size="12">`,
    `<text x="0" y="14">${escapeXml(low)}</text>`,
    ...boxes,
    `<text x="${from + WIDTH + 8}" y="14">${escapeXml(high)}</text>`,
    '</g>',
  ].join('')
}
