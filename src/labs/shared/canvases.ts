/** Pictures as canvases, which views draw from; each is made once. */

import type { Picture } from '../../engine/reader_protocol.ts'

const made = new WeakMap<Picture, HTMLCanvasElement>()

export function canvasOf(picture: Picture): HTMLCanvasElement {
  const known = made.get(picture)
  if (known) return known
  const { width, height, data } = picture
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  canvas.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0)
  made.set(picture, canvas)
  return canvas
}
