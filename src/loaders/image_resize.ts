/**
 * Pictures to pixel values, with the resampling of Pillow's `Image.resize`, which Hugging Face's image processors were
 * trained with: browsers' own scaling gives other numbers. Pure functions.
 */

import { ClsroomError } from '../core/errors.ts'
import { type PreprocessorConfig, parsePreprocessorConfig, resizedSize } from './preprocessor.ts'

/** 8-bit RGBA, row by row; data [height, width, 4]. Opaque: alpha is 255 throughout. */
export interface Picture {
  width: number
  height: number
  data: Uint8ClampedArray<ArrayBuffer>
}

export type ResizeFilter = PreprocessorConfig['resample']

/** In pixels of the picture, whole numbers. */
export interface Rect {
  left: number
  top: number
  width: number
  height: number
}

/** What part of the picture the model sees: all of it, the largest square in the middle, or a chosen part. */
export type CropChoice = 'none' | 'centre' | Rect

const CHANNELS = 4

/**
 * Picture → the numbers a ViT reads: crop, resize, rescale to [0, 1], normalise by mean and deviation of each channel
 * (ViTImageProcessor).
 * @returns data [3, H, W] with H and W from `preprocessor.size` (or `crop_size`)
 */
export function toPixelValues(
  picture: Picture,
  preprocessor: PreprocessorConfig = parsePreprocessorConfig({}),
  cropChoice: CropChoice = 'none',
): PixelValues {
  return normalise(toModelSize(cropped(picture, cropChoice), preprocessor), preprocessor)
}

export interface PixelValues {
  dims: [channels: number, height: number, width: number]
  data: Float32Array<ArrayBuffer>
}

/** Rescaled to [0, 1] and normalised by mean and deviation of each channel. @returns data [3, H, W] */
export function normalise(
  { width, height, data: rgba }: Picture,
  preprocessor: PreprocessorConfig = parsePreprocessorConfig({}),
): PixelValues {
  const { do_rescale, rescale_factor, do_normalize, image_mean, image_std } = preprocessor
  const data = new Float32Array(3 * height * width)
  for (let c = 0; c < 3; c++) {
    const scale = do_rescale ? rescale_factor : 1
    const mean = do_normalize ? (image_mean[c] as number) : 0
    const deviation = do_normalize ? (image_std[c] as number) : 1
    for (let i = 0; i < height * width; i++) {
      data[c * height * width + i] = ((rgba[i * CHANNELS + c] as number) * scale - mean) / deviation
    }
  }
  return { dims: [3, height, width], data }
}

/** The inverse of `normalise`, in 0 … 1, for numbers that a model gives. @param data [3, H, W] */
export function denormalise(
  data: Float32Array,
  preprocessor: PreprocessorConfig = parsePreprocessorConfig({}),
): Float32Array<ArrayBuffer> {
  const { do_rescale, do_normalize, image_mean, image_std } = preprocessor
  const area = data.length / 3
  return Float32Array.from(data, (value, i) => {
    const c = Math.floor(i / area)
    const raw = do_normalize ? value * (image_std[c] as number) + (image_mean[c] as number) : value
    return do_rescale ? raw : raw / 255
  })
}

/** The part of a picture that is seen. */
export function cropped(picture: Picture, choice: CropChoice): Picture {
  if (choice === 'none') return picture
  if (choice !== 'centre') return crop(picture, choice)
  const side = Math.min(picture.width, picture.height)
  return crop(picture, centred(picture, side, side))
}

/** The picture at the model's own resolution: the resize and centre crop that the preprocessor asks for. */
export function toModelSize(picture: Picture, preprocessor: PreprocessorConfig = parsePreprocessorConfig({})): Picture {
  const { do_resize, size, resample, do_center_crop, crop_size } = preprocessor
  let result = picture
  if (do_resize) {
    const { width, height } = resizedSize(picture, size)
    result = resize(picture, width, height, resample)
  }
  return do_center_crop && crop_size ? crop(result, centred(result, crop_size.width, crop_size.height)) : result
}

function centred(picture: Picture, width: number, height: number): Rect {
  const [left, top] = [Math.floor((picture.width - width) / 2), Math.floor((picture.height - height) / 2)]
  return { left, top, width, height }
}

/** A part of a picture; what lies outside it is black. */
export function crop(picture: Picture, { left, top, width, height }: Rect): Picture {
  expectSize(width, height)
  const data = new Uint8ClampedArray(width * height * CHANNELS)
  for (let i = CHANNELS - 1; i < data.length; i += CHANNELS) data[i] = 255
  const [from, to] = [Math.max(left, 0), Math.min(left + width, picture.width)]
  for (let y = Math.max(top, 0); y < Math.min(top + height, picture.height) && from < to; y++) {
    const row = picture.data.subarray((y * picture.width + from) * CHANNELS, (y * picture.width + to) * CHANNELS)
    data.set(row, ((y - top) * width + from - left) * CHANNELS)
  }
  return { width, height, data }
}

/**
 * Pillow's `Image.resize`, to the bit: horizontally, rounded to 8 bits, then vertically; the other way where the height shrinks by more
 * than twice as many pixels as the width (libImaging/Resample.c, since Pillow 13; earlier releases differ there by a level or two of 256).
 */
export function resize(picture: Picture, width: number, height: number, filter: ResizeFilter): Picture {
  expectSize(width, height)
  if (filter === 'nearest') return resizeNearest(picture, width, height)
  const kernel = KERNELS[filter]
  const shorter = picture.height - height
  const rowsFirst = shorter > 0 && shorter > 2 * (picture.width - width)
  return rowsFirst
    ? resizeColumns(resizeRows(picture, height, kernel), width, kernel)
    : resizeRows(resizeColumns(picture, width, kernel), height, kernel)
}

function resizeNearest(picture: Picture, width: number, height: number): Picture {
  const from = new Uint32Array(picture.data.buffer, picture.data.byteOffset, picture.width * picture.height)
  const to = new Uint32Array(width * height)
  const columns = nearestOf(picture.width, width)
  nearestOf(picture.height, height).forEach((row, y) => {
    for (let x = 0; x < width; x++) to[y * width + x] = from[row * picture.width + (columns[x] as number)] as number
  })
  return { width, height, data: new Uint8ClampedArray(to.buffer) }
}

/** The input of each output. Pillow adds the step up (libImaging/Geometry.c, ImagingScaleAffine): so do its rounding errors. */
function nearestOf(from: number, to: number): Uint32Array {
  const step = from / to
  const nearest = new Uint32Array(to)
  for (let i = 0, at = step / 2; i < to; i++, at += step) nearest[i] = Math.min(Math.floor(at), from - 1)
  return nearest
}

function resizeColumns({ width: from, height, data }: Picture, width: number, kernel: Kernel): Picture {
  if (from === width) return { width, height, data }
  const out = new Uint8ClampedArray(width * height * CHANNELS)
  weightsOf(from, width, kernel).forEach(({ first, weights }, x) => {
    for (let y = 0; y < height; y++) {
      weigh(data, (y * from + first) * CHANNELS, CHANNELS, weights, out, (y * width + x) * CHANNELS)
    }
  })
  return { width, height, data: out }
}

function resizeRows({ width, height: from, data }: Picture, height: number, kernel: Kernel): Picture {
  if (from === height) return { width, height, data }
  const out = new Uint8ClampedArray(width * height * CHANNELS)
  weightsOf(from, height, kernel).forEach(({ first, weights }, y) => {
    for (let x = 0; x < width; x++) {
      weigh(data, (first * width + x) * CHANNELS, width * CHANNELS, weights, out, (y * width + x) * CHANNELS)
    }
  })
  return { width, height, data: out }
}

/** Pillow's fixed point: 8 bits of colour, 2 of headroom, and the rest of 32 for the weight. */
const ONE = 2 ** 22

/** One output pixel: the weighted sum of pixels `stride` apart; the clamped array cuts it to 0…255. */
function weigh(
  data: Uint8ClampedArray,
  from: number,
  stride: number,
  weights: Int32Array,
  out: Uint8ClampedArray,
  to: number,
): void {
  for (let c = 0; c < CHANNELS; c++) {
    let sum = ONE / 2
    for (let i = 0; i < weights.length; i++) sum += (weights[i] as number) * (data[from + i * stride + c] as number)
    out[to + c] = Math.floor(sum / ONE)
  }
}

interface Kernel {
  /** Pixels on either side that count, before downscaling widens it. */
  support: number
  at(x: number): number
}

const KERNELS: Record<Exclude<ResizeFilter, 'nearest'>, Kernel> = {
  bilinear: { support: 1, at: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { support: 2, at: (x) => keys(Math.abs(x)) },
  lanczos: { support: 3, at: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
  box: { support: 0.5, at: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  hamming: { support: 1, at: (x) => (Math.abs(x) < 1 ? sinc(x) * (0.54 + 0.46 * Math.cos(Math.PI * x)) : 0) },
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
}

/** Keys' cubic convolution kernel with a = −0.5, Pillow's choice. x ≥ 0 */
function keys(x: number): number {
  const a = -0.5
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a
  return 0
}

/** The inputs of each output and their weights in fixed point (`precompute_coeffs`, `normalize_coeffs_8bpc`). */
function weightsOf(from: number, to: number, kernel: Kernel): { first: number; weights: Int32Array }[] {
  const scale = from / to
  // Downscaling stretches the kernel over all pixels that fall on one: the antialiasing.
  const stretch = Math.max(scale, 1)
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale
    const first = Math.max(0, Math.trunc(centre - kernel.support * stretch + 0.5))
    const last = Math.min(from, Math.trunc(centre + kernel.support * stretch + 0.5))
    const raw = Array.from({ length: last - first }, (_, x) => kernel.at((x + first - centre + 0.5) / stretch))
    const sum = raw.reduce((total, weight) => total + weight, 0)
    return { first, weights: Int32Array.from(raw, (weight) => roundHalfAway((weight / sum) * ONE)) }
  })
}

function roundHalfAway(x: number): number {
  return Math.trunc(x < 0 ? x - 0.5 : x + 0.5)
}

/** A strip of 1 × 10,000 whose shorter edge is to be 224 would take two gigabytes. */
const MAX_PIXELS = 64_000_000

function expectSize(width: number, height: number): void {
  const isSize = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0
  if (isSize && width * height <= MAX_PIXELS) return
  throw new ClsroomError('image', 'A picture cannot have this size', {
    found: `${width} × ${height}`,
    expected: `whole numbers of pixels, at least 1 × 1 and at most ${MAX_PIXELS / 1e6} megapixels`,
    advice: 'Use a picture whose sides differ less',
  })
}
