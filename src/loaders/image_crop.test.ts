import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CENTRE, type Crop, cropRect, fitCrop, moveCrop, resizeCrop, zoomCrop } from './image_crop.ts'

const picture = fc.record({ width: fc.integer({ min: 1, max: 3000 }), height: fc.integer({ min: 1, max: 3000 }) })
const crop: fc.Arbitrary<Crop> = fc.record({
  x: fc.double({ min: -2, max: 3, noNaN: true }),
  y: fc.double({ min: -2, max: 3, noNaN: true }),
  size: fc.double({ min: -1, max: 3, noNaN: true }),
})

describe('cropRect', () => {
  it('takes the largest square in the middle by default', () => {
    expect(cropRect(CENTRE, { width: 640, height: 480 })).toEqual({ left: 80, top: 0, width: 480, height: 480 })
    expect(cropRect(CENTRE, { width: 3, height: 9 })).toEqual({ left: 0, top: 3, width: 3, height: 3 })
  })

  it('is a square of whole pixels inside the picture, whatever is asked for', () => {
    fc.assert(
      fc.property(crop, picture, (chosen, size) => {
        const { left, top, width, height } = cropRect(chosen, size)
        expect([left, top, width].every(Number.isInteger)).toBe(true)
        expect(height).toBe(width)
        expect(width).toBeGreaterThanOrEqual(1)
        expect(left).toBeGreaterThanOrEqual(0)
        expect(top).toBeGreaterThanOrEqual(0)
        expect(left + width).toBeLessThanOrEqual(size.width)
        expect(top + height).toBeLessThanOrEqual(size.height)
      }),
    )
  })
})

describe('a model that is not square', () => {
  const wide = { width: 800, height: 600 }
  it('sees the largest part of its own proportions', () => {
    expect(cropRect(CENTRE, wide, 2)).toEqual({ left: 0, top: 100, width: 800, height: 400 })
    expect(cropRect(CENTRE, wide, 0.5)).toEqual({ left: 250, top: 0, width: 300, height: 600 })
    expect(cropRect(CENTRE, { width: 128, height: 64 }, 2)).toEqual({ left: 0, top: 0, width: 128, height: 64 })
  })

  it('keeps them, moved, zoomed and dragged by a corner', () => {
    const aspect = fc.double({ min: 0.25, max: 4, noNaN: true })
    const large = fc.record({ width: fc.integer({ min: 400, max: 3000 }), height: fc.integer({ min: 400, max: 3000 }) })
    fc.assert(
      fc.property(crop, large, aspect, crop, (chosen, size, ratio, to) => {
        const fitted = fitCrop(chosen, size, ratio)
        for (const next of [
          moveCrop(fitted, to.x, to.y, size, ratio),
          zoomCrop(fitted, 1.5, size, fitted, ratio),
          resizeCrop(fitted, [1, -1], to, size, ratio),
        ]) {
          const { left, top, width, height } = cropRect(next, size, ratio)
          expect(Math.abs(width - height * ratio)).toBeLessThanOrEqual(1 + ratio)
          expect(Math.min(left, top)).toBeGreaterThanOrEqual(0)
          expect(left + width).toBeLessThanOrEqual(size.width)
          expect(top + height).toBeLessThanOrEqual(size.height)
        }
      }),
    )
  })
})

describe('fitCrop', () => {
  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(crop, picture, (chosen, size) => {
        const once = fitCrop(chosen, size)
        const twice = fitCrop(once, size)
        for (const key of ['x', 'y', 'size'] as const) expect(twice[key]).toBeCloseTo(once[key], 3)
      }),
    )
  })
})

describe('moveCrop and zoomCrop', () => {
  const wide = { width: 800, height: 400 }

  it('moves by shares of the shorter side, and stops at the edge', () => {
    const small = { x: 0.5, y: 0.5, size: 0.5 }
    expect(moveCrop(small, 0.25, 0, wide)).toEqual({ x: 0.625, y: 0.5, size: 0.5 })
    expect(cropRect(moveCrop(small, 9, 9, wide), wide)).toEqual({ left: 600, top: 200, width: 200, height: 200 })
  })

  it('keeps the point under the pointer in its place', () => {
    const about = { x: 0.45, y: 0.4 }
    const before = cropRect(CENTRE, wide)
    const after = cropRect(zoomCrop(CENTRE, 2, wide, about), wide)
    expect(after.width).toBe(before.width / 2)
    const share = ({ left, width }: { left: number; width: number }) => (about.x * wide.width - left) / width
    expect(share(after)).toBeCloseTo(share(before), 2)
  })

  it('zooms out to the whole', () => {
    expect(cropRect(zoomCrop({ x: 0.2, y: 0.8, size: 0.1 }, 0.01, wide), wide).width).toBe(400)
  })
})

describe('resizeCrop', () => {
  const wide = { width: 800, height: 400 }
  const start = { x: 0.5, y: 0.5, size: 0.5 } // from 300, 100 to 500, 300

  it('keeps the opposite corner, and a square', () => {
    const grown = cropRect(resizeCrop(start, [1, 1], { x: 0.7, y: 0.6 }, wide), wide)
    expect(grown).toEqual({ left: 300, top: 100, width: 260, height: 260 })
    const shrunk = cropRect(resizeCrop(start, [-1, -1], { x: 0.5, y: 0.5 }, wide), wide)
    expect(shrunk).toEqual({ left: 400, top: 200, width: 100, height: 100 })
  })

  it('stops at the edge of the picture without moving the anchor', () => {
    const { left, top, width } = cropRect(resizeCrop(start, [1, 1], { x: 3, y: 3 }, wide), wide)
    expect([left, top, width]).toEqual([300, 100, 300])
  })
})
