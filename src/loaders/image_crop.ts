/** The part of a picture that a model sees, chosen by hand, of the proportions that the model reads: mostly a square. Pure functions. */

import type { Rect } from './image_resize.ts'

/**
 * A rectangle in terms of any picture, so that it survives a change of picture: its centre as shares of the width and the
 * height, its size as a share of the largest one of its proportions. Those are the model's: width / height, 1 for a square.
 */
export interface Crop {
  readonly x: number
  readonly y: number
  readonly size: number
}

/** The largest part, in the middle. */
export const CENTRE: Crop = { x: 0.5, y: 0.5, size: 1 }

/** The closest a person can zoom in: a twentieth of the largest part. */
const SMALLEST = 0.05

interface Size {
  readonly width: number
  readonly height: number
}

/** The crop moved and shrunk so that it lies within the picture; rounded to what a permalink keeps. */
export function fitCrop({ x, y, size }: Crop, picture: Size, aspect = 1): Crop {
  const part = Math.min(1, Math.max(SMALLEST, size))
  const largest = largestPart(picture, aspect)
  const within = (share: number, most: number, length: number) => {
    const half = (part * most) / 2 / length
    return rounded(Math.min(1 - half, Math.max(half, share)))
  }
  return {
    x: within(x, largest.width, picture.width),
    y: within(y, largest.height, picture.height),
    size: rounded(part),
  }
}

/** The largest part of a picture that has these proportions. */
function largestPart({ width, height }: Size, aspect: number): Size {
  return { width: Math.min(width, height * aspect), height: Math.min(height, width / aspect) }
}

/** Moves the part by shares of the picture's shorter side. */
export function moveCrop(crop: Crop, dx: number, dy: number, picture: Size, aspect = 1): Crop {
  const shorter = Math.min(picture.width, picture.height)
  const { x, y, size } = crop
  const moved = { x: x + (dx * shorter) / picture.width, y: y + (dy * shorter) / picture.height, size }
  return fitCrop(moved, picture, aspect)
}

/**
 * Zooms by a factor (2 shows half the side) about a point that stays where it is in the square.
 * @param about shares of the picture's width and height; the centre by default
 */
export function zoomCrop(
  crop: Crop,
  factor: number,
  picture: Size,
  about: { x: number; y: number } = crop,
  aspect = 1,
): Crop {
  const size = Math.min(1, Math.max(SMALLEST, crop.size / factor))
  const kept = size / crop.size
  return fitCrop(
    { x: about.x + (crop.x - about.x) * kept, y: about.y + (crop.y - about.y) * kept, size },
    picture,
    aspect,
  )
}

/**
 * Drags a corner of the part to a point, the opposite corner staying where it is.
 * @param corner which: −1 is left or top, 1 right or bottom
 * @param to shares of the picture's width and height
 */
export function resizeCrop(
  crop: Crop,
  [right, down]: readonly [-1 | 1, -1 | 1],
  to: { x: number; y: number },
  picture: Size,
  aspect = 1,
): Crop {
  const { width, height } = picture
  const most = largestPart(picture, aspect)
  const [anchorX, anchorY] = [
    crop.x * width - (right * crop.size * most.width) / 2,
    crop.y * height - (down * crop.size * most.height) / 2,
  ]
  const room = Math.min(
    (right > 0 ? width - anchorX : anchorX) / most.width,
    (down > 0 ? height - anchorY : anchorY) / most.height,
  )
  const wanted = Math.max(
    (right * (to.x * width - anchorX)) / most.width,
    (down * (to.y * height - anchorY)) / most.height,
    SMALLEST,
  )
  const size = Math.min(room, wanted)
  return fitCrop(
    {
      x: (anchorX + (right * size * most.width) / 2) / width,
      y: (anchorY + (down * size * most.height) / 2) / height,
      size,
    },
    picture,
    aspect,
  )
}

/** The part in whole pixels, inside the picture. */
export function cropRect(crop: Crop, picture: Size, aspect = 1): Rect {
  const { x, y, size } = fitCrop(crop, picture, aspect)
  const most = largestPart(picture, aspect)
  const [width, height] = [most.width, most.height].map((length) => Math.max(1, Math.round(size * length))) as [
    number,
    number,
  ]
  const place = (share: number, length: number, taken: number) =>
    Math.max(0, Math.min(length - taken, Math.round(share * length - taken / 2)))
  return { left: place(x, picture.width, width), top: place(y, picture.height, height), width, height }
}

function rounded(share: number): number {
  return Math.round(share * 1e4) / 1e4
}
