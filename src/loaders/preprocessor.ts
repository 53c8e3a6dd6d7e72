/**
 * preprocessor_config.json: how a picture becomes pixel values. Defaults are ViTImageProcessor's
 * (transformers, models/vit/image_processing_vit.py).
 */

import { z } from 'zod'
import { ClsroomError } from '../core/errors.ts'
import { parseWith, withoutNulls } from '../core/json.ts'

const side = z.int().positive().max(16_384)

/** Height × width: one number for both, a list of the two, or an object. */
const exactSize = z.union([
  side.transform((both) => ({ height: both, width: both })),
  z.tuple([side, side]).transform(([height, width]) => ({ height, width })),
  z.object({ height: side, width: side }),
])

/** The target: exactly height × width, or the shorter edge with the picture's own proportions. */
const sizeSchema = z.union([exactSize, z.object({ shortest_edge: side })], {
  error: 'a number, [height, width], {height, width} or {shortest_edge}',
})

const cropSchema = z.union([exactSize], { error: 'a number, [height, width] or {height, width}' })

const channels = z.tuple([z.number(), z.number(), z.number()])

/** Pillow's numbers for its filters (PIL.Image.Resampling). */
const FILTERS = ['nearest', 'lanczos', 'bilinear', 'bicubic', 'box', 'hamming'] as const

const schema = z.object({
  do_resize: z.boolean().default(true),
  size: sizeSchema.default({ height: 224, width: 224 }),
  resample: z
    .literal([0, 1, 2, 3, 4, 5], { error: FILTERS.map((name, number) => `${number} (${name})`).join(', ') })
    .default(2)
    .transform((number) => FILTERS[number]),
  do_center_crop: z.boolean().default(false),
  crop_size: cropSchema.optional(),
  do_rescale: z.boolean().default(true),
  rescale_factor: z
    .number()
    .positive()
    .default(1 / 255),
  do_normalize: z.boolean().default(true),
  image_mean: channels.default([0.5, 0.5, 0.5]),
  image_std: channels
    .refine((std) => std.every((s) => s > 0), { error: 'three positive numbers' })
    .default([0.5, 0.5, 0.5]),
})

/** `resample` by name; `size` as an object. */
export type PreprocessorConfig = z.output<typeof schema>

/**
 * Checks and completes a parsed preprocessor_config.json; `{}` gives ViTImageProcessor's defaults.
 * @throws ClsroomError `config`
 */
export function parsePreprocessorConfig(raw: unknown): PreprocessorConfig {
  return parseWith(schema, withoutNulls(raw), 'preprocessor_config.json', 'config')
}

/**
 * A vision model's preprocessor: what the file says, or without a file ViTImageProcessor's defaults at the model's own size.
 * @param imageSize `image_size` of config.json, checked where the model is built
 * @throws ClsroomError `config` where the pictures would not have the size that the model reads, as transformers refuses
 */
export function preprocessorFor(imageSize: unknown, raw: unknown): PreprocessorConfig {
  const own = exactSize.safeParse(imageSize)
  if (!own.success) return parsePreprocessorConfig(raw ?? {})
  const preprocessor = parsePreprocessorConfig(raw ?? { size: own.data })
  const { do_resize, size, do_center_crop, crop_size } = preprocessor
  const made = do_center_crop && crop_size ? crop_size : do_resize && 'height' in size ? size : own.data
  if (made.height !== own.data.height || made.width !== own.data.width) {
    throw new ClsroomError('config', 'preprocessor_config.json makes pictures of another size than the model reads', {
      found: `${made.height} × ${made.width} pixels`,
      expected: `${own.data.height} × ${own.data.width}, the image_size of config.json`,
      advice: 'Use the preprocessor_config.json that was saved with this model',
    })
  }
  return preprocessor
}
