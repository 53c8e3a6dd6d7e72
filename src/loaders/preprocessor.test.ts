import { describe, expect, it } from 'vitest'
import { ClsroomError } from '../core/errors.ts'
import { parsePreprocessorConfig, preprocessorFor, resizedSize } from './preprocessor.ts'

function refusal(parse: () => unknown): ClsroomError {
  try {
    parse()
  } catch (error) {
    if (error instanceof ClsroomError) return error
    throw error
  }
  throw new Error('accepted')
}

describe('the image processors of detectors', () => {
  const photo = { width: 640, height: 480 }

  it('keep proportions within two edges; YOLOS in whole patches', () => {
    const detr = parsePreprocessorConfig({ image_processor_type: 'DetrImageProcessor' })
    expect(resizedSize(photo, detr.size)).toEqual({ width: 1066, height: 800 })
    const yolos = parsePreprocessorConfig({ feature_extractor_type: 'YolosFeatureExtractor' })
    expect(resizedSize(photo, yolos.size)).toEqual({ width: 1056, height: 800 })
  })

  it('read pictures of any size, whatever the one of config.json', () => {
    const yolos = { image_processor_type: 'YolosImageProcessor', size: { shortest_edge: 512, longest_edge: 1333 } }
    expect(preprocessorFor([800, 1333], yolos).size).toEqual({ shortest_edge: 512, longest_edge: 1333, multiple: 16 })
    expect(preprocessorFor('any', undefined)).toMatchObject({ size: { shortest_edge: 800, longest_edge: 1333 } })
  })
})

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
    [{ size: 0 }, /size = 0; expected a number/],
    [{ size: [32] }, /size = \[32\]/],
    [{ size: -4 }, /size = -4/],
    [{ size: 1e9 }, /size = 1000000000/],
    [{ size: 8.5 }, /size = 8.5/],
    [{ size: { height: 8 } }, /size = \{"height":8\}; expected .*\{height, width\}/],
    [{ size: { longest_edge: 8 } }, /longest_edge/],
    [{ size: { shortest_edge: 0 } }, /shortest_edge/],
    [{ do_center_crop: true }, /crop_size = missing; expected the size of the crop/],
    [{ do_center_crop: true, crop_size: [8, 0] }, /crop_size = \[8,0\]/],
    [{ do_center_crop: 'yes' }, /do_center_crop = "yes"; expected boolean/],
    [{ resample: 6 }, /resample = 6; expected 0 \(nearest\), 1 \(lanczos\)/],
    [{ resample: -1 }, /resample = -1/],
    [{ resample: 'bicubic' }, /resample = "bicubic"/],
    [{ image_std: [0, 1, 1] }, /image_std = \[0,1,1\]; expected positive numbers/],
    [{ image_std: 0 }, /image_std = 0; expected positive numbers/],
    [{ image_std: [1, -1, 1] }, /expected positive numbers/],
    [{ image_std: [1, 1, Number.NaN] }, /image_std/],
    [{ image_std: [1, 1, 'NaN'] }, /image_std/],
    [{ image_mean: [0.5] }, /image_mean = \[0.5\]; expected three numbers, or one/],
    [{ image_mean: [0.5, 0.5, Number.POSITIVE_INFINITY] }, /image_mean/],
    [{ rescale_factor: 0 }, /rescale_factor = 0; expected more than 0/],
    [{ rescale_factor: -1 }, /rescale_factor = -1/],
    [[], /expected object/],
    ['a text', /expected object/],
  ])('refuses %j', (raw, says) => {
    const { code, message } = refusal(() => parsePreprocessorConfig(raw))
    expect(code).toBe('config')
    expect(message).toMatch(says)
    expect(message).not.toMatch(/undefined|\[object/)
  })

  it.each([['ConvNextImageProcessor'], ['toString'], [''], [7]])(
    'refuses the image processor %j, which does more, or is none',
    (kind) => {
      const { code, message } = refusal(() => parsePreprocessorConfig({ image_processor_type: kind }))
      expect(code).toBe('unsupported')
      expect(message).toContain('ViTImageProcessor, DeiTImageProcessor, CLIPImageProcessor, BitImageProcessor')
    },
  )
})

describe('preprocessorFor', () => {
  it('refuses sizes that the model does not read, whichever step makes them', () => {
    const says = (raw: unknown) => refusal(() => preprocessorFor(32, raw)).message
    expect(says({ size: 64 })).toMatch(/64 × 64 pixels; expected 32 × 32/)
    expect(says({ size: { shortest_edge: 40 } })).toMatch(/40 × 40 pixels/)
    expect(says({ size: 32, do_center_crop: true, crop_size: 24 })).toMatch(/24 × 24 pixels/)
    expect(says({ image_processor_type: 'CLIPImageProcessor' })).toMatch(/224 × 224 pixels/)
  })

  it('takes what makes the size of the model', () => {
    const size = { shortest_edge: 40 }
    expect(preprocessorFor(32, { size, do_center_crop: true, crop_size: 32 })).toMatchObject({ size })
    expect(preprocessorFor([32, 48], { size: { shortest_edge: 32 } })).toMatchObject({ size: { shortest_edge: 32 } })
    expect(preprocessorFor(32, undefined)).toMatchObject({
      size: { height: 32, width: 32 },
      image_mean: [0.5, 0.5, 0.5],
    })
  })
})
