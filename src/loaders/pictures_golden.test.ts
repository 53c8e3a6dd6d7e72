/** Pictures through every image processor that is accepted, as transformers and Pillow have them (training/golden/pictures_fixture.py). */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ClsroomError } from '../core/errors.ts'
import { type Picture, toModelSize, toPixelValues } from './image_resize.ts'
import { parsePreprocessorConfig } from './preprocessor.ts'
import { drawn } from './testing/drawn_picture.ts'

type Case = [
  config: number,
  width: number,
  height: number,
  grey: 0 | 1,
  madeWidth: number,
  madeHeight: number,
  hash: string,
  bytes: number[],
  values: number[],
]
interface Fixture {
  configs: object[]
  refused: object[]
  cases: Case[]
}
const fixture: Fixture = JSON.parse(readFileSync(new URL('fixtures/pictures.json', import.meta.url), 'utf8'))

/** The largest difference of pixel values, as a part of 1 + |value|: transformers normalises in float32, CLSroom in float64. */
const WITHIN = 1e-6

const rgbOf = ({ data }: Picture) => data.filter((_, i) => i % 4 < 3)

function fnv1a(bytes: ArrayLike<number>): string {
  let value = 0x811c9dc5
  for (let i = 0; i < bytes.length; i++) value = Math.imul(value ^ (bytes[i] as number), 0x01000193)
  return (value >>> 0).toString(16).padStart(8, '0')
}

/** As many as `like`, evenly spaced. */
const probes = (flat: ArrayLike<number>, like: number[]) =>
  like.map((_, i) => flat[Math.floor((i * (flat.length - 1)) / (like.length - 1))] as number)

describe('pictures', () => {
  it.each(fixture.configs.map((config, index) => ({ config, index })))('$config', ({ config, index }) => {
    const preprocessor = parsePreprocessorConfig(config)
    const cases = fixture.cases.filter(([of]) => of === index)
    expect(cases.length).toBeGreaterThan(0)
    for (const [, width, height, grey, madeWidth, madeHeight, hash, bytes, values] of cases) {
      const what = `${width} × ${height}${grey ? ', grey' : ''}`
      const picture = drawn(width, height, grey === 1)
      const made = toModelSize(picture, preprocessor)
      expect([made.width, made.height], what).toEqual([madeWidth, madeHeight])
      expect(probes(rgbOf(made), bytes), what).toEqual(bytes)
      expect(fnv1a(rgbOf(made)), what).toBe(hash)
      const { dims, data } = toPixelValues(picture, preprocessor)
      expect(dims, what).toEqual([3, madeHeight, madeWidth])
      probes(data, values).forEach((value, i) => {
        const right = values[i] as number
        expect(Math.abs(value - right) / (1 + Math.abs(right)), what).toBeLessThan(WITHIN)
      })
    }
  })

  it.each(fixture.refused)('%j is refused, as transformers refuses it', (config) => {
    expect(() => parsePreprocessorConfig(config)).toThrow(ClsroomError)
  })
})
