/** The square part of a picture that a model sees, chosen by hand. Pure functions. */

import type { Rect } from './image_resize.ts'

/**
 * A square in terms of any picture, so that it survives a change of picture: its centre as shares of the width and the
 * height, its side as a share of the shorter side.
 */
export interface Crop {
  readonly x: number
  readonly y: number
  readonly size: number
}

/** The largest square, in the middle. */
export const CENTRE: Crop = { x: 0.5, y: 0.5, size: 1 }

/** The closest a person can zoom in: a twentieth of the shorter side. */
const SMALLEST = 0.05

interface Size {
  readonly width: number
  readonly height: number
}

/** The crop moved and shrunk so that it lies within the picture; rounded to what a permalink keeps. */
export function fitCrop({ x, y, size }: Crop, picture: Size): Crop {
  const side = Math.min(1, Math.max(SMALLEST, size))
  const half = (side * Math.min(picture.width, picture.height)) / 2
  const within = (share: number, length: number) => rounded(Math.min(1 - half / length, Math.max(half / length, share)))
  return { x: within(x, picture.width), y: within(y, picture.height), size: rounded(side) }
}

/** Moves the square by shares of the picture's shorter side. */
export function moveCrop(crop: Crop, dx: number, dy: number, picture: Size): Crop {
  const shorter = Math.min(picture.width, picture.height)
  const { x, y, size } = crop
  return fitCrop({ x: x + (dx * shorter) / picture.width, y: y + (dy * shorter) / picture.height, size }, picture)
}

/**
 * Zooms by a factor (2 shows half the side) about a point that stays where it is in the square.
 * @param about shares of the picture's width and height; the centre by default
 */
export function zoomCrop(crop: Crop, factor: number, picture: Size, about: { x: number; y: number } = crop): Crop {
  const size = Math.min(1, Math.max(SMALLEST, crop.size / factor))
  const kept = size / crop.size
  return fitCrop({ x: about.x + (crop.x - about.x) * kept, y: about.y + (crop.y - about.y) * kept, size }, picture)
}

/**
 * Drags a corner of the square to a point, the opposite corner staying where it is.
 * @param corner which: −1 is left or top, 1 right or bottom
 * @param to shares of the picture's width and height
 */
export function resizeCrop(
  crop: Crop,
  [right, down]: readonly [-1 | 1, -1 | 1],
  to: { x: number; y: number },
  { width, height }: Size,
): Crop {
  const shorter = Math.min(width, height)
  const half = (crop.size * shorter) / 2
  const [anchorX, anchorY] = [crop.x * width - right * half, crop.y * height - down * half]
  const room = Math.min(right > 0 ? width - anchorX : anchorX, down > 0 ? height - anchorY : anchorY)
  const wanted = Math.max(right * (to.x * width - anchorX), down * (to.y * height - anchorY), SMALLEST * shorter)
  const side = Math.min(room, wanted)
  return fitCrop(
    { x: (anchorX + (right * side) / 2) / width, y: (anchorY + (down * side) / 2) / height, size: side / shorter },
    { width, height },
  )
}

/** The square in whole pixels, inside the picture. */
export function cropRect(crop: Crop, picture: Size): Rect {
  const { x, y, size } = fitCrop(crop, picture)
  const side = Math.max(1, Math.round(size * Math.min(picture.width, picture.height)))
  const place = (share: number, length: number) =>
    Math.max(0, Math.min(length - side, Math.round(share * length - side / 2)))
  return { left: place(x, picture.width), top: place(y, picture.height), width: side, height: side }
}

function rounded(share: number): number {
  return Math.round(share * 1e4) / 1e4
}
