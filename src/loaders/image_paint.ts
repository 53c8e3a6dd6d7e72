/** Painting on a picture: strokes are plain data, and the painted picture is a pure function of them. */

import type { Picture } from './image_resize.ts'

/** brush: a colour. erase: the picture's own mean colour, so that nothing is left to see. blur: what is there, smeared. */
export type PaintTool = 'brush' | 'erase' | 'blur'

export interface Stroke {
  readonly tool: PaintTool
  /** `#rrggbb`; the brush's. */
  readonly colour: string
  /** Diameter as a share of the picture's shorter side. */
  readonly size: number
  /** Shares of the picture's width and height; one point is a dab. */
  readonly points: readonly (readonly [x: number, y: number])[]
}

const CHANNELS = 4

/** How far beside the picture a stroke may go, as a share of its width and height: its soft edge still reaches the picture. */
export const BESIDE = 1
/** Of one stroke, and of one picture: what a link holds. */
export const MAX_POINTS = 10_000
export const MAX_STROKES = 1000

/** A point that a pen may leave: one far beside the picture is moved to where a stroke may still be. */
export function withinReach(share: number): number {
  return Math.min(1 + BESIDE, Math.max(-BESIDE, share))
}

/**
 * A stroke after its pen moved on. One of as many points as a link holds keeps every second of them: the line stays where it is,
 * and the pen goes on.
 */
export function grown(points: Stroke['points'], next: Stroke['points'][number]): Stroke['points'] {
  if (points.length < MAX_POINTS) return [...points, next]
  return [...points.filter((_, i) => i % 2 === 0), next]
}

/** A copy of the picture with the strokes on it, the first at the bottom; without strokes the picture itself. */
export function paintPicture(picture: Picture, strokes: readonly Stroke[]): Picture {
  return paintOver(picture, strokes, picture)
}

/** The same, starting where it left off when only the last stroke is new or has grown, as it does under a pen. */
export function createPainter(): typeof paintPicture {
  let known: { picture: Picture; below: readonly Stroke[]; painted: Picture } | undefined
  return (picture, strokes) => {
    const below = strokes.slice(0, -1)
    const fits = known?.picture === picture && known.below.length === below.length
    if (!known || !fits || below.some((stroke, i) => stroke !== known?.below[i])) {
      known = { picture, below, painted: paintPicture(picture, below) }
    }
    return paintOver(known.painted, strokes.slice(-1), picture)
  }
}

function paintOver(under: Picture, strokes: readonly Stroke[], original: Picture): Picture {
  if (strokes.length === 0) return under
  const painted = { ...under, data: under.data.slice() }
  for (const stroke of strokes) paintStroke(painted, stroke, original)
  return painted
}

/** Draws one stroke into `painted`; `original` gives the mean colour. */
function paintStroke(painted: Picture, stroke: Stroke, original: Picture): void {
  const { width, data } = painted
  const radius = Math.max(0.5, (stroke.size * Math.min(painted.width, painted.height)) / 2)
  const area = coverage(stroke, radius, painted)
  if (area.width <= 0 || area.height <= 0) return
  const paint = stroke.tool === 'blur' ? blurred(painted, area, Math.max(1, Math.round(radius))) : null
  const flat = stroke.tool === 'erase' ? meanColour(original) : rgbOf(stroke.colour)
  for (let y = 0; y < area.height; y++) {
    for (let x = 0; x < area.width; x++) {
      const i = y * area.width + x
      const cover = area.cover[i] as number
      if (cover === 0) continue
      const at = ((area.top + y) * width + area.left + x) * CHANNELS
      for (let c = 0; c < 3; c++) {
        const ink = paint ? (paint[i * 3 + c] as number) : (flat[c] as number)
        data[at + c] = (data[at + c] as number) * (1 - cover) + ink * cover
      }
    }
  }
}

interface Area {
  left: number
  top: number
  width: number
  height: number
  /** [height × width] share of each pixel under the stroke. */
  cover: Float32Array
}

/** How much of each pixel a stroke of round ends covers: one pixel of soft edge. */
function coverage({ points }: Stroke, radius: number, { width, height }: Picture): Area {
  const path = points.map(([x, y]) => ({ x: x * width, y: y * height }))
  const reach = radius + 1
  const left = Math.max(0, Math.floor(Math.min(...path.map((p) => p.x)) - reach))
  const top = Math.max(0, Math.floor(Math.min(...path.map((p) => p.y)) - reach))
  const right = Math.min(width, Math.ceil(Math.max(...path.map((p) => p.x)) + reach))
  const bottom = Math.min(height, Math.ceil(Math.max(...path.map((p) => p.y)) + reach))
  const area = { left, top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) }
  const cover = new Float32Array(area.width * area.height)
  path.forEach((to, i) => {
    const from = path[i - 1] ?? to
    const [x0, x1] = span(from.x, to.x, reach, left, right)
    const [y0, y1] = span(from.y, to.y, reach, top, bottom)
    for (let y = y0; y < y1; y++) {
      for (let x = x0; x < x1; x++) {
        const at = (y - top) * area.width + (x - left)
        const share = Math.min(1, Math.max(0, radius + 0.5 - distance(x + 0.5, y + 0.5, from, to)))
        if (share > (cover[at] as number)) cover[at] = share
      }
    }
  })
  return { ...area, cover }
}

function span(a: number, b: number, reach: number, from: number, to: number): [first: number, end: number] {
  return [Math.max(from, Math.floor(Math.min(a, b) - reach)), Math.min(to, Math.ceil(Math.max(a, b) + reach))]
}

interface Place {
  x: number
  y: number
}

/** From a point to a segment. */
function distance(x: number, y: number, from: Place, to: Place): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / length))
  return Math.hypot(x - from.x - t * dx, y - from.y - t * dy)
}

/** The area of the picture after a box blur along rows and then columns. @returns [height × width × 3] */
function blurred(picture: Picture, { left, top, width, height }: Area, radius: number): Float32Array {
  const rows = new Float32Array(picture.height * width * 3)
  const [first, last] = [Math.max(0, top - radius), Math.min(picture.height - 1, top + height - 1 + radius)]
  for (let y = first; y <= last; y++) {
    for (let c = 0; c < 3; c++) {
      const at = (x: number) => picture.data[(y * picture.width + x) * CHANNELS + c] as number
      slidingMean(picture.width, radius, left, width, at, (x, mean) => {
        rows[(y * width + x) * 3 + c] = mean
      })
    }
  }
  const out = new Float32Array(width * height * 3)
  for (let x = 0; x < width; x++) {
    for (let c = 0; c < 3; c++) {
      const at = (y: number) => rows[(y * width + x) * 3 + c] as number
      slidingMean(picture.height, radius, top, height, at, (y, mean) => {
        out[(y * width + x) * 3 + c] = mean
      })
    }
  }
  return out
}

/** The mean over 2 · radius + 1 places (fewer at the ends of 0 … length − 1) round each of `count` places from `start`. */
function slidingMean(
  length: number,
  radius: number,
  start: number,
  count: number,
  at: (i: number) => number,
  give: (i: number, mean: number) => void,
): void {
  let sum = 0
  let from = Math.max(0, start - radius)
  let to = from
  for (let i = start; i < start + count; i++) {
    const end = Math.min(length, i + radius + 1)
    for (; to < end; to++) sum += at(to)
    for (; from < i - radius; from++) sum -= at(from)
    give(i - start, sum / (to - from))
  }
}

/** The mean of each channel. */
export function meanColour({ data }: Picture): [r: number, g: number, b: number] {
  const sum: [number, number, number] = [0, 0, 0]
  for (let i = 0; i < data.length; i += CHANNELS) {
    for (let c = 0; c < 3; c++) sum[c] = (sum[c] as number) + (data[i + c] as number)
  }
  const pixels = data.length / CHANNELS
  return [sum[0] / pixels, sum[1] / pixels, sum[2] / pixels]
}

function rgbOf(colour: string): [r: number, g: number, b: number] {
  const number = Number.parseInt(colour.slice(1), 16)
  return [number >> 16, (number >> 8) & 255, number & 255]
}
