import { describe, expect, it } from 'vitest'
import { createPainter, meanColour, paintPicture, type Stroke } from './image_paint.ts'
import type { Picture } from './image_resize.ts'

function picture(width: number, height: number, pixel: (x: number, y: number) => readonly number[]): Picture {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set([...pixel(x, y), 255], (y * width + x) * 4)
  }
  return { width, height, data }
}

const pixelAt = ({ width, data }: Picture, x: number, y: number) =>
  Array.from(data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3))

const dab: Stroke = { tool: 'brush', colour: '#ff8000', size: 0.4, points: [[0.5, 0.5]] }
const grey = picture(20, 20, () => [90, 90, 90])

describe('paintPicture', () => {
  it('is the picture itself without strokes, and never changes it', () => {
    expect(paintPicture(grey, [])).toBe(grey)
    const before = grey.data.slice()
    paintPicture(grey, [dab])
    expect(grey.data).toEqual(before)
  })

  it('fills a disc with the colour and leaves the rest', () => {
    const painted = paintPicture(grey, [dab])
    for (let y = 0; y < 20; y++) {
      for (let x = 0; x < 20; x++) {
        const away = Math.hypot(x + 0.5 - 10, y + 0.5 - 10)
        if (away < 3.4) expect(pixelAt(painted, x, y)).toEqual([255, 128, 0])
        if (away > 4.6) expect(pixelAt(painted, x, y)).toEqual([90, 90, 90])
      }
    }
  })

  it('joins the points of a stroke', () => {
    const line: Stroke = { ...dab, size: 0.1, points: [[0.1, 0.5], [0.9, 0.5]] } // biome-ignore format: one line
    const painted = paintPicture(grey, [line])
    for (let x = 2; x < 18; x++) expect(pixelAt(painted, x, 10)).not.toEqual([90, 90, 90])
    expect(pixelAt(painted, 10, 13)).toEqual([90, 90, 90])
  })

  it('erases to the mean of the unpainted picture', () => {
    const halves = picture(20, 20, (x) => (x < 10 ? [0, 0, 0] : [200, 100, 50]))
    expect(meanColour(halves)).toEqual([100, 50, 25])
    const painted = paintPicture(halves, [
      { ...dab, colour: '#ffffff' },
      { ...dab, tool: 'erase', size: 0.2 },
    ])
    expect(pixelAt(painted, 10, 10)).toEqual([100, 50, 25])
  })

  it('blurs: the mean of the box round each pixel, cut off at the edges', () => {
    const noise = picture(16, 12, (x, y) => [(x * 37 + y * 91) % 256, (x * y * 13) % 256, (x * x + y) % 256])
    const painted = paintPicture(noise, [{ tool: 'blur', colour: '#000000', size: 0.5, points: [[0.1, 0.2]] }])
    const radius = 3
    const [x, y] = [1, 2]
    for (let c = 0; c < 3; c++) {
      let sum = 0
      let count = 0
      for (let v = Math.max(0, y - radius); v <= Math.min(11, y + radius); v++) {
        for (let u = Math.max(0, x - radius); u <= Math.min(15, x + radius); u++) {
          sum += noise.data[(v * 16 + u) * 4 + c] as number
          count++
        }
      }
      expect(painted.data[(y * 16 + x) * 4 + c]).toBeCloseTo(sum / count, -0.1)
    }
    expect(pixelAt(painted, 12, 10)).toEqual(pixelAt(noise, 12, 10))
  })

  it('bears strokes outside the picture', () => {
    const outside: Stroke = { ...dab, points: [[-2, -2], [-1.5, 3]] } // biome-ignore format: one line
    expect(paintPicture(grey, [outside]).data).toEqual(grey.data)
  })
})

describe('createPainter', () => {
  it('gives what painting from scratch gives, as strokes grow, are added and are undone', () => {
    const paint = createPainter()
    const first: Stroke = { ...dab, tool: 'blur' }
    const second: Stroke = { ...dab, colour: '#0000ff', points: [[0.3, 0.3]] }
    const grown: Stroke = { ...second, points: [...second.points, [0.8, 0.2]] }
    const noise = picture(20, 20, (x, y) => [x * 12, y * 12, (x * y) % 256])
    for (const strokes of [[], [first], [first, second], [first, grown], [first], [second], [second, first]]) {
      expect(paint(noise, strokes)).toEqual(paintPicture(noise, strokes))
    }
    expect(paint(grey, [second, first])).toEqual(paintPicture(grey, [second, first]))
  })
})
