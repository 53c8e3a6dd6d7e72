/**
 * Pictures with a hole: what a masked autoencoder puts into it, what two baselines that know nothing of pictures put there, and how far
 * each is from the truth. Pictures are [C, H, W] in 0 … 1, row by row; a hole is [H · W], 1 where a pixel is hidden.
 */

export interface Pixels {
  channels: number
  height: number
  width: number
  data: Float32Array
}

/** Patches of P × P pixels, row by row. */
export interface PatchGrid {
  rows: number
  columns: number
  patch: number
}

export interface Quality {
  /** Mean squared error of the hidden pixels, in 0 … 1; NaN where none is hidden. */
  mse: number
  /** Peak signal-to-noise ratio of the hidden pixels in dB: −10 · log₁₀(mse). */
  psnr: number
  /** Structural similarity of the whole picture, with what is visible as it is; NaN for pictures smaller than its window. */
  ssim: number
}

/** transformers' ViTMAEForPreTraining.unpatchify. @param patches [N, P · P · C], channels last → [C, H, W] */
export function unpatchify(patches: ArrayLike<number>, grid: PatchGrid, channels: number): Float32Array {
  const { rows, columns, patch: P } = grid
  const [height, width] = [rows * P, columns * P]
  const out = new Float32Array(channels * height * width)
  for (let i = 0; i < out.length; i++) {
    const c = Math.floor(i / (height * width))
    const y = Math.floor(i / width) % height
    const x = i % width
    const p = Math.floor(y / P) * columns + Math.floor(x / P)
    out[i] = patches[((p * P + (y % P)) * P + (x % P)) * channels + c] as number
  }
  return out
}

/** The inverse. @param image [C, H, W] → [N, P · P · C], channels last */
export function patchify(image: ArrayLike<number>, grid: PatchGrid, channels: number): Float32Array {
  const { rows, columns, patch: P } = grid
  const [height, width] = [rows * P, columns * P]
  const out = new Float32Array(channels * height * width)
  for (let i = 0; i < out.length; i++) {
    const c = Math.floor(i / (height * width))
    const y = Math.floor(i / width) % height
    const x = i % width
    const p = Math.floor(y / P) * columns + Math.floor(x / P)
    out[((p * P + (y % P)) * P + (x % P)) * channels + c] = image[i] as number
  }
  return out
}

/** Mean and variance of each patch's numbers, as `norm_pix_loss` takes them: the variance over n − 1. @param patches [N, n] */
export function patchMoments(patches: Float32Array, n: number): { mean: number; variance: number }[] {
  return Array.from({ length: patches.length / n }, (_, p) => {
    const values = patches.subarray(p * n, (p + 1) * n)
    const mean = values.reduce((sum, value) => sum + value, 0) / n
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1)
    return { mean, variance }
  })
}

/** What `norm_pix_loss` adds to a variance before its root (transformers' ViTMAEForPreTraining.forward_loss). */
const NORM_PIX_EPS = 1e-6

/**
 * Answers of a model that was taught normalised pixels, as pixels: with the mean and the deviation of the true patch, which the
 * model was not told.
 */
export function fromNormalised(patches: Float32Array, truth: Float32Array, n: number): Float32Array {
  const moments = patchMoments(truth, n)
  return patches.map((value, i) => {
    const { mean, variance } = moments[Math.floor(i / n)] as (typeof moments)[number]
    return value * Math.sqrt(variance + NORM_PIX_EPS) + mean
  })
}

/** [H · W], 1 in these patches. */
export function holeOf(hidden: readonly number[], { rows, columns, patch }: PatchGrid): Uint8Array {
  const chosen = new Set(hidden)
  const width = columns * patch
  return Uint8Array.from({ length: rows * patch * width }, (_, i) => {
    const p = Math.floor(Math.floor(i / width) / patch) * columns + Math.floor((i % width) / patch)
    return chosen.has(p) ? 1 : 0
  })
}

/** What is visible as it is, the hole as `made` has it. */
export function pasted(truth: Pixels, made: Float32Array, hole: Uint8Array): Pixels {
  const data = truth.data.map((value, i) => (hole[i % hole.length] ? (made[i] as number) : value))
  return { ...truth, data }
}

/** Hidden pixels take the mean colour of the visible ones; NaN where none is visible. */
export function meanFill(truth: Pixels, hole: Uint8Array): Float32Array {
  const area = hole.length
  const visible = area - hole.reduce((sum, one) => sum + one, 0)
  const means = Array.from({ length: truth.channels }, (_, c) => {
    let sum = 0
    for (let i = 0; i < area; i++) if (!hole[i]) sum += truth.data[c * area + i] as number
    return visible > 0 ? sum / visible : Number.NaN
  })
  return truth.data.map((value, i) => (hole[i % area] ? (means[Math.floor(i / area)] as number) : value))
}

/** Sweeps end when no pixel moves by more than a tenth of a grey level of 256, or after so many. */
const STILL = 0.1 / 256
const MOST_SWEEPS = 2000

/**
 * Every hidden pixel becomes the mean of its neighbours: Laplace's equation in the hole, by successive over-relaxation (Young 1954).
 * NaN where no pixel is visible.
 */
export function harmonicFill(truth: Pixels, hole: Uint8Array): Float32Array {
  const out = meanFill(truth, hole)
  const { channels, height, width } = truth
  const hidden = [...hole.keys()].filter((i) => hole[i])
  if (hidden.length === 0 || hidden.length === hole.length) return out
  const relaxation = 2 / (1 + Math.sin(Math.PI / Math.max(height, width)))
  const neighbours = hidden.map((i) => {
    const [y, x] = [Math.floor(i / width), i % width]
    return [y > 0 && i - width, y < height - 1 && i + width, x > 0 && i - 1, x < width - 1 && i + 1].filter(
      (one): one is number => one !== false,
    )
  })
  for (let c = 0; c < channels; c++) {
    const plane = out.subarray(c * hole.length, (c + 1) * hole.length)
    for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) if (relax(plane, hidden, neighbours, relaxation) < STILL) break
  }
  return out
}

/** One sweep over the hidden pixels. @returns the largest step */
function relax(plane: Float32Array, hidden: number[], neighbours: number[][], relaxation: number): number {
  let largest = 0
  hidden.forEach((i, h) => {
    const around = neighbours[h] as number[]
    let sum = 0
    for (const one of around) sum += plane[one] as number
    const step = relaxation * (sum / around.length - (plane[i] as number))
    plane[i] = (plane[i] as number) + step
    largest = Math.max(largest, Math.abs(step))
  })
  return largest
}

/** @param made [C, H, W]: what was put into the hole; elsewhere it does not count */
export function quality(truth: Pixels, made: Float32Array, hole: Uint8Array): Quality {
  const mse = mean(hiddenErrors(truth, made, hole))
  return { mse, psnr: -10 * Math.log10(Math.max(mse, 1e-6)), ssim: ssim(pasted(truth, made, hole), truth) }
}

function hiddenErrors({ data }: Pixels, made: Float32Array, hole: Uint8Array): number[] {
  const errors: number[] = []
  data.forEach((value, i) => {
    if (hole[i % hole.length]) errors.push(((made[i] as number) - value) ** 2)
  })
  return errors
}

/** Mean squared error of each hidden patch, 0 of the others. @returns [N] */
export function patchErrors(truth: Pixels, made: Float32Array, hole: Uint8Array, grid: PatchGrid): Float32Array {
  const { channels } = truth
  const n = grid.patch ** 2 * channels
  const squares = truth.data.map((value, i) => (hole[i % hole.length] ? ((made[i] as number) - value) ** 2 : 0))
  const patches = patchify(squares, grid, channels)
  return Float32Array.from({ length: grid.rows * grid.columns }, (_, p) =>
    mean([...patches.subarray(p * n, (p + 1) * n)]),
  )
}

/** A Gaussian window of 11 pixels with a deviation of 1.5, as Wang et al. 2004 ("Image Quality Assessment") chose it. */
const WINDOW = 11
const GAUSSIAN = gaussian(WINDOW, 1.5)

/** Structural similarity (Wang et al. 2004), the mean over channels and over every place where the window fits. */
export function ssim(a: Pixels, b: Pixels): number {
  if (Math.min(a.height, a.width) < WINDOW) return Number.NaN
  const c1 = 0.01 ** 2
  const c2 = 0.03 ** 2
  const area = a.height * a.width
  const ofChannel = (c: number) => {
    const plane = ({ data }: Pixels) => data.subarray(c * area, (c + 1) * area)
    const [x, y] = [plane(a), plane(b)]
    const blurred = (values: Float32Array) => blur(values, a.height, a.width)
    const [mx, my] = [blurred(x), blurred(y)]
    const [xx, yy, xy] = [
      blurred(x.map((value) => value * value)),
      blurred(y.map((value) => value * value)),
      blurred(x.map((value, i) => value * (y[i] as number))),
    ]
    return mean(
      [...mx].map((mean1, i) => {
        const mean2 = my[i] as number
        const covariance = (xy[i] as number) - mean1 * mean2
        const variances = (xx[i] as number) - mean1 ** 2 + (yy[i] as number) - mean2 ** 2
        return ((2 * mean1 * mean2 + c1) * (2 * covariance + c2)) / ((mean1 ** 2 + mean2 ** 2 + c1) * (variances + c2))
      }),
    )
  }
  return mean(Array.from({ length: a.channels }, (_, c) => ofChannel(c)))
}

/** The Gaussian window over every place where it fits, along rows and then along columns. */
function blur(values: Float32Array, height: number, width: number): Float64Array {
  const [h, w] = [height - WINDOW + 1, width - WINDOW + 1]
  const alongRows = Float64Array.from({ length: height * w }, (_, i) => {
    const from = Math.floor(i / w) * width + (i % w)
    return GAUSSIAN.reduce((sum, weight, k) => sum + weight * (values[from + k] as number), 0)
  })
  return Float64Array.from({ length: h * w }, (_, i) =>
    GAUSSIAN.reduce((sum, weight, k) => sum + weight * (alongRows[i + k * w] as number), 0),
  )
}

function gaussian(size: number, deviation: number): number[] {
  const values = Array.from({ length: size }, (_, i) => Math.exp(-((i - (size - 1) / 2) ** 2) / (2 * deviation ** 2)))
  const sum = values.reduce((total, value) => total + value, 0)
  return values.map((value) => value / sum)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length
}
