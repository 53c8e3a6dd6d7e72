/** Drawing of a picture, its patches and what one query reads in them. Lengths are CSS pixels. */

import { type Contrast, type ScaleName, shadeOf, type Theme } from '../../viz/colour.ts'
import { valuePixels } from '../../viz/pixels.ts'

export type Picture = ImageBitmap | HTMLCanvasElement | HTMLImageElement
export type PatchStatus = 'read' | 'masked' | 'removed'

export interface OverlayStyle {
  /** 0 shows the photo only. */
  opacity: number
  /** Blend between patches instead of showing blocks. */
  smooth?: boolean
  /** Dim all but the fewest patches that hold this share of the attention. */
  mass?: number | null
  /** `colour` lays colours over the photo; `spotlight` darkens what is not read. */
  look?: 'colour' | 'spotlight'
  scale?: Extract<ScaleName, 'glow' | 'diverging'>
  contrast?: Contrast
}

export interface PatchGrid {
  rows: number
  columns: number
  width: number
  height: number
}

/** The picture itself; small ones keep their pixels. */
export function paintPicture(
  context: CanvasRenderingContext2D,
  image: Picture,
  { width, height }: Pick<PatchGrid, 'width' | 'height'>,
  pixelated = image.width <= 96,
): void {
  context.imageSmoothingEnabled = !pixelated
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, 0, 0, width, height)
}

/** One value a patch, as colours or as a spotlight. What is hardly read lets the photo through. */
export function paintAttention(
  context: CanvasRenderingContext2D,
  values: Float32Array,
  grid: PatchGrid,
  bound: number,
  { opacity, smooth = false, look = 'colour', scale = 'glow', contrast }: OverlayStyle,
  theme: Theme,
): void {
  const spotlight = look === 'spotlight'
  const pixels = spotlight
    ? new Uint8ClampedArray(values.length * 4)
    : valuePixels(values, { scale, theme, bound, contrast })
  values.forEach((value, i) => {
    const t = bound > 0 ? Math.min(1, Math.abs(value) / bound) : 0
    pixels[i * 4 + 3] = 255 * opacity * (spotlight ? 1 - t : 0.45 + 0.55 * Math.sqrt(t))
  })
  const layer = document.createElement('canvas')
  layer.width = grid.columns
  layer.height = grid.rows
  layer.getContext('2d')?.putImageData(new ImageData(pixels, grid.columns, grid.rows), 0, 0)
  context.imageSmoothingEnabled = smooth
  context.drawImage(layer, 0, 0, grid.width, grid.height)
}

/** Dims the patches outside a set. */
export function paintOutside(context: CanvasRenderingContext2D, inside: Uint8Array, grid: PatchGrid): void {
  context.fillStyle = 'rgb(0 0 0 / 58%)'
  inside.forEach((flag, i) => {
    if (!flag) context.fillRect(...patchBox(i, grid))
  })
}

/** Blanks removed patches, hatches masked ones. */
export function paintStatuses(
  context: CanvasRenderingContext2D,
  statuses: readonly PatchStatus[],
  grid: PatchGrid,
  theme: Theme,
): void {
  statuses.forEach((status, i) => {
    if (status === 'read') return
    const box = patchBox(i, grid)
    if (status === 'removed') {
      context.fillStyle = shadeOf(theme) === 'light' ? '#fffdf7' : '#1a2122'
      context.fillRect(...box)
      return
    }
    context.fillStyle = 'rgb(20 24 30 / 35%)'
    context.fillRect(...box)
    hatch(context, box)
  })
}

export function paintGrid(context: CanvasRenderingContext2D, { rows, columns, width, height }: PatchGrid): void {
  context.strokeStyle = 'rgb(255 255 255 / 45%)'
  context.lineWidth = 1
  context.beginPath()
  for (let c = 1; c < columns; c++) {
    context.moveTo((c * width) / columns, 0)
    context.lineTo((c * width) / columns, height)
  }
  for (let r = 1; r < rows; r++) {
    context.moveTo(0, (r * height) / rows)
    context.lineTo(width, (r * height) / rows)
  }
  context.stroke()
}

/** Rings patches, in light and dark so that they show on any photo. */
export function paintMarks(context: CanvasRenderingContext2D, patches: readonly number[], grid: PatchGrid): void {
  for (const patch of patches) {
    const [x, y, w, h] = patchBox(patch, grid)
    const radius = Math.min(w, h) * 0.36
    for (const [colour, width] of [
      ['#12161c', 5],
      ['#ffffff', 2.5],
    ] as const) {
      context.strokeStyle = colour
      context.lineWidth = width
      context.beginPath()
      context.arc(x + w / 2, y + h / 2, radius, 0, 2 * Math.PI)
      context.stroke()
    }
  }
}

type BoxArgs = [x: number, y: number, width: number, height: number]

function patchBox(patch: number, { rows, columns, width, height }: PatchGrid): BoxArgs {
  const w = width / columns
  const h = height / rows
  return [(patch % columns) * w, Math.floor(patch / columns) * h, w, h]
}

function hatch(context: CanvasRenderingContext2D, [x, y, w, h]: BoxArgs): void {
  context.save()
  context.beginPath()
  context.rect(x, y, w, h)
  context.clip()
  context.strokeStyle = 'rgb(255 255 255 / 85%)'
  context.lineWidth = 1.5
  context.beginPath()
  for (let offset = -h; offset < w; offset += 8) {
    context.moveTo(x + offset, y + h)
    context.lineTo(x + offset + h, y)
  }
  context.stroke()
  context.restore()
}
