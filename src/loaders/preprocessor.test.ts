import { describe, expect, it } from 'vitest'
import { ClsroomError } from '../core/errors.ts'
import { parsePreprocessorConfig } from './preprocessor.ts'

function refusal(parse: () => unknown): ClsroomError {
  try {
    parse()
  } catch (error) {
    if (error instanceof ClsroomError) return error
    throw error
  }
  throw new Error('accepted')
}

describe('parsePreprocessorConfig', () => {
  it('has the defaults of ViTImageProcessor', () => {
    expect(parsePreprocessorConfig({})).toEqual({
      do_resize: true,
      size: { height: 224, width: 224 },
      resample: 'bilinear',
      do_center_crop: false,
      do_rescale: true,
      rescale_factor: 1 / 255,
      do_normalize: true,
      image_mean: [0.5, 0.5, 0.5],
      image_std: [0.5, 0.5, 0.5],
    })
  })

  it('reads the older and newer forms of size, and null as the default', () => {
    expect(parsePreprocessorConfig({ size: 96, resample: 3, crop_size: null })).toMatchObject({
      size: { height: 96, width: 96 },
      resample: 'bicubic',
    })
    expect(parsePreprocessorConfig({ size: [32, 48], resample: 1 })).toMatchObject({
      size: { height: 32, width: 48 },
      resample: 'lanczos',
    })
    expect(parsePreprocessorConfig({ size: { shortest_edge: 256 }, crop_size: 224 })).toMatchObject({
      size: { shortest_edge: 256 },
      crop_size: { height: 224, width: 224 },
    })
  })

  it.each([
    [{ size: 0 }],
    [{ size: [32] }],
    [{ resample: 6 }],
    [{ image_std: [0, 1, 1] }],
    [{ image_mean: [0.5] }],
    [[]],
  ])('refuses %j', (raw) => {
    expect(refusal(() => parsePreprocessorConfig(raw)).code).toBe('config')
  })
})
