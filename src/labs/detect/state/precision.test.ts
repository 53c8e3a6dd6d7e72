import { describe, expect, it } from 'vitest'
import type { Box, Detection } from './boxes.ts'
import { averagePrecision, qualityAt } from './precision.ts'

const left: Box = { x: 0.25, y: 0.5, width: 0.3, height: 0.3 }
const right: Box = { x: 0.75, y: 0.5, width: 0.3, height: 0.3 }
const said = (label: string, score: number, box: Box): Detection => ({ row: 0, label, score, isNone: false, box })
const objects = [
  { label: 'cat', box: left },
  { label: 'cat', box: right },
]

describe('precision and recall', () => {
  const scene = { objects, detections: [said('cat', 0.9, left), said('cat', 0.8, left), said('cat', 0.7, right)] }

  it('count a second box of one object as wrong', () => {
    expect(qualityAt([scene], 0)).toEqual({ precision: 2 / 3, recall: 1, right: 2, said: 3, objects: 2 })
    expect(qualityAt([scene], 0.75)).toMatchObject({ precision: 0.5, recall: 0.5 })
    expect(qualityAt([scene], 0.95)).toMatchObject({ precision: Number.NaN, recall: 0 })
  })

  it('average the raised precisions', () => {
    // Right at ranks 1 and 3: 1 · 1/2 + 2/3 · 1/2.
    expect(averagePrecision([scene])).toBeCloseTo(1 / 2 + 1 / 3)
    const late = {
      objects: [{ label: 'cat', box: left }],
      detections: [said('cat', 0.9, right), said('cat', 0.8, left)],
    }
    expect(averagePrecision([late])).toBeCloseTo(0.5)
  })

  it('are of a class: another name is wrong, and a class that nobody says is 0', () => {
    const one = { objects: [{ label: 'dog', box: left }, ...objects], detections: scene.detections }
    expect(averagePrecision([one])).toBeCloseTo((1 / 2 + 1 / 3) / 2)
    expect(averagePrecision([{ objects: [], detections: [] }])).toBeNaN()
  })
})
