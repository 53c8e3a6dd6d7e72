/** The scene editor's drawings: put on a picture where a person wants them, in the order of the list. */

import type { Picture } from '../../../loaders/image_resize.ts'
import { type Box, iou, type Labelled } from './boxes.ts'

/**
 * The sheet in public/samples/scenes: one column a class, each cell a square. Colours on black in the upper half, how opaque they
 * are as grey in the lower one: pictures are read without their own transparency.
 */
export const DRAWN = ['cat', 'dog', 'bird', 'fish', 'car', 'airplane', 'apple', 'ball', 'house', 'tree'] as const
const VARIANTS = 2

export interface Piece {
  /** A drawing of the sheet, by column; −1: a grey square that covers. */
  drawing: number
  /** Row of the sheet. */
  variant: number
  /** Centre and side as shares of the picture. */
  x: number
  y: number
  size: number
}

export const COVER = -1
/** Neither light nor dark. */
const GREY = 128

/** The same picture where there is nothing to put on it. */
export function paintPieces(picture: Picture, pieces: readonly Piece[], drawings: Picture | null): Picture {
  if (pieces.length === 0) return picture
  const { width, height } = picture
  const data = new Uint8ClampedArray(picture.data)
  for (const piece of pieces) paint({ width, height, data }, piece, drawings)
  return { width, height, data }
}

function paint({ width, height, data }: Picture, piece: Piece, drawings: Picture | null): void {
  const [w, h] = [piece.size * width, piece.size * height]
  const [left, top] = [piece.x * width - w / 2, piece.y * height - h / 2]
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, top + h); y++) {
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, left + w); x++) {
      const [u, v] = [(x + 0.5 - left) / w, (y + 0.5 - top) / h]
      if (u < 0 || u >= 1 || v < 0 || v >= 1) continue
      const [r, g, b, a] = piece.drawing === COVER ? [GREY, GREY, GREY, 1] : sampled(drawings, piece, u, v, 1 / w)
      const at = 4 * (y * width + x)
      for (const [c, value] of [r, g, b].entries()) data[at + c] = value + (data[at + c] as number) * (1 - a)
    }
  }
}

/** The mean of the drawing's pixels under one pixel of the picture, premultiplied. @param step that pixel's side, in shares of the drawing */
function sampled(drawings: Picture | null, { drawing, variant }: Piece, u: number, v: number, step: number) {
  if (!drawings) return [0, 0, 0, 0] as const
  const side = drawings.height / (2 * VARIANTS)
  const sum: [number, number, number, number] = [0, 0, 0, 0]
  const taps = Math.max(1, Math.min(8, Math.round(step * side)))
  for (let i = 0; i < taps; i++) {
    for (let j = 0; j < taps; j++) {
      const px = place(u + ((i + 0.5) / taps - 0.5) * step, side)
      const py = place(v + ((j + 0.5) / taps - 0.5) * step, side)
      const at = 4 * ((variant * side + py) * drawings.width + drawing * side + px)
      const opaque = at + 4 * VARIANTS * side * drawings.width
      for (let c = 0; c < 3; c++) sum[c] = (sum[c] as number) + (drawings.data[at + c] as number) / taps ** 2
      sum[3] += (drawings.data[opaque] as number) / 255 / taps ** 2
    }
  }
  return sum
}

const place = (share: number, side: number) => Math.min(side - 1, Math.max(0, Math.floor(share * side)))

export const boxOfPiece = ({ x, y, size }: Piece): Box => ({ x, y, width: size, height: size })

/** A covered object is no longer to be found. */
const COVERED = 0.5

/** What is truly on a scene once pieces were put on it; a drawing's box is its square, cut at the picture's edge. */
export function truthWith(objects: readonly Labelled[], pieces: readonly Piece[]): Labelled[] {
  return pieces.reduce<Labelled[]>(
    (there, piece) => {
      const box = inside(boxOfPiece(piece))
      const left = there.filter((object) => hiddenShare(object.box, box) < COVERED)
      const label = DRAWN[piece.drawing]
      return label && box.width > 0 && box.height > 0 ? [...left, { label, box }] : left
    },
    [...objects],
  )
}

function hiddenShare(box: Box, over: Box): number {
  const shared = iou(box, over)
  const [a, b] = [box.width * box.height, over.width * over.height]
  return a > 0 ? (shared * (a + b)) / (1 + shared) / a : 1
}

function inside({ x, y, width, height }: Box): Box {
  const [left, right] = [Math.max(0, x - width / 2), Math.min(1, x + width / 2)]
  const [top, bottom] = [Math.max(0, y - height / 2), Math.min(1, y + height / 2)]
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top }
}
