/** The pictures of training/golden/pictures_fixture.py: noise on a slope, drawn by the same generator. For tests. */

import type { Picture } from '../image_resize.ts'

export function drawn(width: number, height: number, grey: boolean): Picture {
  let state = width * 1009 + height
  const draw = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 8) % below
  }
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4
      for (let c = 0; c < (grey ? 1 : 3); c++) data[at + c] = ((x * 5 + y * 3 + c * 60) % 200) + draw(90)
      if (grey) data.fill(data[at] as number, at + 1, at + 3)
    }
  }
  return { width, height, data }
}
