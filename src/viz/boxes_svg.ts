/** Boxes over a picture as a piece of an SVG document, as labs/detect draws them on screen. */

import { escapeXml } from './matrix_svg.ts'

export interface FigureBox {
  /** Centre and size as shares of the picture. */
  x: number
  y: number
  width: number
  height: number
  kind: 'truth' | 'other' | 'path' | 'chosen' | 'none'
  /** Written at its upper left corner. */
  label?: string
}

const [LIGHT, CHOSEN, TRUTH, DARK] = ['#ffffff', '#ff9c74', '#7fd6a4', '#12161c']

const LINES: Readonly<Record<FigureBox['kind'], { colour: string; width: number; dashes?: string }>> = {
  truth: { colour: TRUTH, width: 2, dashes: '3 3' },
  other: { colour: LIGHT, width: 2 },
  path: { colour: CHOSEN, width: 1.5 },
  chosen: { colour: CHOSEN, width: 3 },
  none: { colour: CHOSEN, width: 3, dashes: '6 5' },
}

/** @param side of the picture, whose upper left corner lies at (0, top) */
export function boxesSvg(boxes: readonly FigureBox[], side: number, top: number): string {
  const drawn = boxes.map(({ kind, label, ...box }) => {
    const { colour, width, dashes } = LINES[kind]
    const [x, y] = [(box.x - box.width / 2) * side, top + (box.y - box.height / 2) * side]
    const place = `x="${round(x)}" y="${round(y)}" width="${round(box.width * side)}" height="${round(box.height * side)}"`
    const shadow = kind === 'path' ? '' : `<rect ${place} stroke="${DARK}" stroke-width="${width + 2}"/>`
    const line = `<rect ${place} stroke="${colour}" stroke-width="${width}"${dashes ? ` stroke-dasharray="${dashes}"` : ''}/>`
    // Inside the picture, whatever the box does.
    const at = `x="${round(Math.max(0, x) + 5)}" y="${round(Math.max(top, y) + 16)}"`
    const text = label
      ? `<text ${at} fill="${colour}" stroke="${DARK}" stroke-width="3" paint-order="stroke" font-family="Atkinson Hyperlegible Next, system-ui, sans-serif" font-size="14" font-weight="700">${escapeXml(label)}</text>`
      : ''
    return shadow + line + text
  })
  return `<g class="boxes" fill="none">${drawn.join('')}</g>`
}

const round = (pixels: number) => Math.round(10 * pixels) / 10
