import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { crop, type Picture, type ResizeFilter, resize, toPixelValues } from './image_resize.ts'
import { parsePreprocessorConfig } from './preprocessor.ts'

interface Fixture {
  source: { width: number; height: number; rgb: number[] }
  results: { filter: ResizeFilter; width: number; height: number; rgb: number[] }[]
}
const fixture: Fixture = JSON.parse(readFileSync(new URL('fixtures/resize.json', import.meta.url), 'utf8'))

function fromRgb({ width, height, rgb }: Fixture['source']): Picture {
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  rgb.forEach((value, i) => {
    data[Math.floor(i / 3) * 4 + (i % 3)] = value
  })
  return { width, height, data }
}

const rgbOf = ({ data }: Picture) => [...data].filter((_, i) => i % 4 < 3)

/** A picture of one grey for each pixel. */
const greys = (width: number, height: number, values: number[]): Picture =>
  fromRgb({ width, height, rgb: values.flatMap((v) => [v, v, v]) })

const picture = fromRgb(fixture.source)

describe('resize', () => {
  it.each(fixture.results)('gives Pillow’s pixels: $filter to $width × $height', ({ filter, width, height, rgb }) => {
    const resized = resize(picture, width, height, filter)
    expect([resized.width, resized.height]).toEqual([width, height])
    expect(rgbOf(resized)).toEqual(rgb)
    expect(resized.data.every((value, i) => i % 4 < 3 || value === 255)).toBe(true)
  })

  it.each([
    [0, 4],
    [4, -1],
    [1.5, 2],
    [Number.NaN, 2],
    [224, 2_240_000],
  ])('refuses %d × %d', (width, height) => {
    expect(() => resize(picture, width, height, 'bilinear')).toThrow('A picture cannot have this size')
  })
})

describe('crop', () => {
  const square = greys(3, 3, [1, 2, 3, 4, 5, 6, 7, 8, 9])
  it('takes a part, and black outside', () => {
    expect(crop(square, { left: 1, top: 0, width: 2, height: 2 })).toEqual(greys(2, 2, [2, 3, 5, 6]))
    expect(crop(square, { left: -1, top: 2, width: 2, height: 2 })).toEqual(greys(2, 2, [0, 7, 0, 0]))
    expect(crop(square, { left: 9, top: 9, width: 1, height: 1 })).toEqual(greys(1, 1, [0]))
  })
})

describe('toPixelValues', () => {
  const exact = { do_resize: false }

  it('rescales and normalises, channels first', () => {
    const pixels = fromRgb({ width: 2, height: 1, rgb: [0, 51, 255, 255, 102, 0] })
    const { dims, data } = toPixelValues(
      pixels,
      parsePreprocessorConfig({ ...exact, image_mean: [0.5, 0, 1], image_std: [0.5, 0.1, 2] }),
    )
    expect(dims).toEqual([3, 1, 2])
    ;[-1, 1, 2, 4, 0, -0.5].forEach((value, i) => {
      expect(data[i]).toBeCloseTo(value, 6)
    })
  })

  it('leaves out the steps that are switched off', () => {
    const off = parsePreprocessorConfig({ ...exact, do_rescale: false, do_normalize: false })
    expect([...toPixelValues(greys(1, 1, [200]), off).data]).toEqual([200, 200, 200])
  })

  it('resizes to the whole size, as ViTImageProcessor does', () => {
    expect(toPixelValues(picture).dims).toEqual([3, 224, 224])
    expect(toPixelValues(picture, parsePreprocessorConfig({ size: { height: 8, width: 6 } })).dims).toEqual([3, 8, 6])
  })

  it('sees the middle square, or a chosen part', () => {
    const row = greys(4, 2, [1, 2, 3, 4, 5, 6, 7, 8])
    const plain = parsePreprocessorConfig({ ...exact, do_rescale: false, do_normalize: false })
    const seen = (choice: Parameters<typeof toPixelValues>[2]) => [
      ...toPixelValues(row, plain, choice).data.slice(0, 4),
    ]
    expect(seen('centre')).toEqual([2, 3, 6, 7])
    expect(seen({ left: 0, top: 0, width: 2, height: 2 })).toEqual([1, 2, 5, 6])
  })

  it('keeps proportions where the shortest edge is given, then crops the centre', () => {
    const sized = parsePreprocessorConfig({ size: { shortest_edge: 8 } })
    expect(toPixelValues(greys(3, 2, [0, 0, 0, 0, 0, 0]), sized).dims).toEqual([3, 8, 12])
    expect(toPixelValues(greys(2, 3, [0, 0, 0, 0, 0, 0]), sized).dims).toEqual([3, 12, 8])
    const squared = parsePreprocessorConfig({ size: { shortest_edge: 8 }, do_center_crop: true, crop_size: 6 })
    expect(toPixelValues(greys(3, 2, [0, 0, 0, 0, 0, 0]), squared).dims).toEqual([3, 6, 6])
  })
})
