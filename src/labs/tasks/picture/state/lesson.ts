/**
 * What the recipe asks of a picture (training/tasks/tasks.py): the object on it, the colour of its rim, and by how many quarters it was
 * turned. The page turns the picture and paints the rim as the reader wants, and knows the true answers by the recipe's own rules.
 */

import type { Picture } from '../../../../loaders/image_resize.ts'

/** Anticlockwise, as torch.rot90 turns. */
export const QUARTERS = [0, 1, 2, 3] as const
export type Quarters = (typeof QUARTERS)[number]

/** The classes of the border head, in its order. */
export const COLOURS = ['dark', 'grey', 'white', 'warm', 'green', 'blue'] as const
export type Colour = (typeof COLOURS)[number]

/** One colour of each class, in the middle of what the rule calls so. */
const PAINT: Record<Colour, readonly [red: number, green: number, blue: number]> = {
  dark: [40, 40, 40],
  grey: [128, 128, 128],
  white: [236, 236, 236],
  warm: [205, 110, 60],
  green: [70, 150, 60],
  blue: [60, 110, 200],
}

/** How the rim is painted; `strength` 1 covers it, less lets the photo through. */
export interface Rim {
  readonly colour: Colour
  readonly strength: number
}

const RGBA = 4

/** Every picture turned anticlockwise: what stood in column x of row y comes from row x, counted columns from the right. */
export function turn(picture: Picture, quarters: Quarters): Picture {
  let turned = picture
  for (let i = 0; i < quarters; i++) turned = turnOnce(turned)
  return turned
}

function turnOnce({ width, height, data }: Picture): Picture {
  const out = new Uint8ClampedArray(data.length)
  const from = new Uint32Array(data.buffer, data.byteOffset, width * height)
  const to = new Uint32Array(out.buffer)
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < height; x++) to[y * height + x] = from[x * width + (width - 1 - y)] as number
  }
  return { width: height, height: width, data: out }
}

/** Left and right swapped, as the recipe augments. */
export function mirror({ width, height, data }: Picture): Picture {
  const out = new Uint8ClampedArray(data.length)
  const from = new Uint32Array(data.buffer, data.byteOffset, width * height)
  const to = new Uint32Array(out.buffer)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) to[y * width + x] = from[y * width + (width - 1 - x)] as number
  }
  return { width, height, data: out }
}

/** @param thick of the rim, in pixels */
export function paintRim(picture: Picture, { colour, strength }: Rim, thick: number): Picture {
  const { width, height } = picture
  const data = new Uint8ClampedArray(picture.data)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isRim(x, y, picture, thick)) continue
      for (const [c, value] of PAINT[colour].entries()) {
        const at = (y * width + x) * RGBA + c
        data[at] = (data[at] as number) * (1 - strength) + value * strength
      }
    }
  }
  return { width, height, data }
}

function isRim(x: number, y: number, { width, height }: Picture, thick: number): boolean {
  return Math.min(x, y, width - 1 - x, height - 1 - y) < thick
}

/** Red, green and blue of the rim's mean, 0 to 1. */
export function rimMean(picture: Picture, thick: number): [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0]
  let count = 0
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      if (!isRim(x, y, picture, thick)) continue
      count++
      for (let c = 0; c < 3; c++) {
        sums[c] = (sums[c] as number) + (picture.data[(y * picture.width + x) * RGBA + c] as number)
      }
    }
  }
  return [sums[0] / count / 255, sums[1] / count / 255, sums[2] / count / 255]
}

/** The bin of the rim's mean colour (training/tasks/tasks.py, `border_label`): of its rules the last that holds wins. */
export function colourOf([red, green, blue]: readonly [number, number, number]): Colour {
  const high = Math.max(red, green, blue)
  const pale = (high - Math.min(red, green, blue)) / Math.max(high, 1e-3) < 0.12
  if (high < 0.33) return 'dark'
  if (pale) return high > 0.7 ? 'white' : 'grey'
  if (blue > green && blue > red) return 'blue'
  return green >= red && green >= blue ? 'green' : 'warm'
}
