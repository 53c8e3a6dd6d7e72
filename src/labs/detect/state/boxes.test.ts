import { describe, expect, it } from 'vitest'
import { type Box, boxOfCorners, type Detection, duplicates, giou, iou, l1, suppressed } from './boxes.ts'

const box = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height })
const detection = (row: number, label: string, score: number, at: Box): Detection => ({
  row,
  label,
  score,
  isNone: false,
  box: at,
})

describe('boxes', () => {
  it('overlap by their shared part of the union', () => {
    expect(iou(box(0.5, 0.5, 0.4, 0.4), box(0.5, 0.5, 0.4, 0.4))).toBeCloseTo(1)
    // Half of each is shared: 1/2 over 3/2.
    expect(iou(box(0.25, 0.5, 0.5, 1), box(0.5, 0.5, 0.5, 1))).toBeCloseTo(1 / 3)
    expect(iou(box(0.1, 0.1, 0.1, 0.1), box(0.9, 0.9, 0.1, 0.1))).toBe(0)
    expect(iou(box(0.5, 0.5, 0, 0), box(0.5, 0.5, 0, 0))).toBe(0)
  })

  it('lie further apart the smaller GIoU is', () => {
    const one = box(0.125, 0.5, 0.25, 1)
    // The hull is the whole picture, the union half of it.
    expect(giou(one, box(0.875, 0.5, 0.25, 1))).toBeCloseTo(-0.5)
    expect(giou(one, one)).toBeCloseTo(1)
  })

  it('differ by the sum over centre and size, and come from corners', () => {
    expect(l1(box(0.1, 0.2, 0.3, 0.4), box(0.2, 0.2, 0.1, 0.5))).toBeCloseTo(0.4)
    expect(boxOfCorners([16, 0, 48, 32], 64, 64)).toEqual(box(0.5, 0.25, 0.5, 0.5))
  })
})

describe('duplicates', () => {
  const there = box(0.5, 0.5, 0.4, 0.4)
  const near = box(0.52, 0.5, 0.4, 0.4)
  const said = [detection(0, 'cat', 0.6, near), detection(1, 'cat', 0.9, there), detection(2, 'dog', 0.5, there)]

  it('are of one class and one place; the best stays', () => {
    expect(duplicates(said)).toBe(1)
    expect(suppressed(said, 0.5).map(({ row }) => row)).toEqual([1, 2])
    expect(duplicates([])).toBe(0)
  })
})
