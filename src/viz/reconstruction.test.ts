import { describe, expect, it } from 'vitest'
import { uniform } from '../core/random.ts'
import {
  fromNormalised,
  harmonicFill,
  holeOf,
  meanFill,
  type Pixels,
  patchErrors,
  patchify,
  patchMoments,
  quality,
  ssim,
  unpatchify,
} from './reconstruction.ts'

const GRID = { rows: 4, columns: 4, patch: 4 }
const next = uniform(7)
const truth: Pixels = { channels: 3, height: 16, width: 16, data: Float32Array.from({ length: 768 }, next) }
const made = Float32Array.from({ length: 768 }, next)
const hole = holeOf([1, 2, 5, 6, 9, 12], GRID)

describe('patches', () => {
  it('stand row by row, channels last', () => {
    const patches = Float32Array.from({ length: 2 * 4 * 3 }, (_, i) => i)
    const image = unpatchify(patches, { rows: 1, columns: 2, patch: 2 }, 3)
    // The second patch's first pixel: red 12, green 13, blue 14.
    expect([image[2], image[2 + 8], image[2 + 16]]).toEqual([12, 13, 14])
    expect(patchify(image, { rows: 1, columns: 2, patch: 2 }, 3)).toEqual(patches)
  })

  it('come back from normalised ones', () => {
    const patches = patchify(truth.data, GRID, 3)
    const moments = patchMoments(patches, 48)
    const normalised = patches.map((value, i) => {
      const { mean, variance } = moments[Math.floor(i / 48)] as (typeof moments)[number]
      return (value - mean) / Math.sqrt(variance + 1e-6)
    })
    const back = fromNormalised(normalised, patches, 48)
    for (const [i, value] of back.entries()) expect(value).toBeCloseTo(patches[i] as number, 5)
  })
})

describe('what fills the hole', () => {
  // Computed with PyTorch on the same numbers; the harmonic picture by 20,000 turns of averaging in float64.
  it.each<[string, Float32Array, number, number]>([
    ['a model', made, 0.159119, 0.296001],
    ['the harmonic picture', harmonicFill(truth, hole), 0.0903826, 0.387752],
    ['the mean of the visible', meanFill(truth, hole), 0.0802524, 0.439069],
  ])('%s', (_, filled, mse, similarity) => {
    const found = quality(truth, filled, hole)
    expect(found.mse).toBeCloseTo(mse, 4)
    expect(found.psnr).toBeCloseTo(-10 * Math.log10(mse), 2)
    expect(found.ssim).toBeCloseTo(similarity, 3)
  })

  it('a slope goes on smoothly', () => {
    const slope: Pixels = {
      channels: 1,
      height: 16,
      width: 16,
      data: Float32Array.from({ length: 256 }, (_, i) => (i % 16) / 16),
    }
    const inside = holeOf([5, 6, 9, 10], GRID)
    expect(quality(slope, harmonicFill(slope, inside), inside).mse).toBeLessThan(1e-5)
    expect(quality(slope, meanFill(slope, inside), inside).mse).toBeGreaterThan(1e-2)
  })

  it('has no baseline where nothing is visible, and no error where nothing is hidden', () => {
    const all = holeOf([...Array(16).keys()], GRID)
    expect(harmonicFill(truth, all)[0]).toBeNaN()
    expect(quality(truth, made, holeOf([], GRID)).mse).toBeNaN()
    expect(ssim(truth, truth)).toBeCloseTo(1, 6)
  })

  it('errors of patches add up to that of the hole', () => {
    const errors = patchErrors(truth, made, hole, GRID)
    expect([...errors].filter((error) => error > 0)).toHaveLength(6)
    expect([...errors].reduce((a, b) => a + b, 0) / 6).toBeCloseTo(quality(truth, made, hole).mse, 6)
  })
})
