/**
 * preprocessor_config.json: how a picture becomes pixel values. Defaults are ViTImageProcessor's
 * (transformers, models/vit/image_processing_vit.py).
 */

import { z } from 'zod'
import { parseWith } from '../core/json.ts'

const side = z.int().positive().max(16_384)

/** The target: exactly height × width, or the shorter edge with the picture's own proportions. */
const sizeSchema = z
  .union([side, z.object({ height: side, width: side }), z.object({ shortest_edge: side })], {
    error: 'a number, {height, width} or {shortest_edge}',
  })
  .transform((size) => (typeof size === 'number' ? { height: size, width: size } : size))

const cropSchema = z
  .union([side, z.object({ height: side, width: side })], { error: 'a number or {height, width}' })
  .transform((size) => (typeof size === 'number' ? { height: size, width: size } : size))

const channels = z.tuple([z.number(), z.number(), z.number()])

/** Pillow's numbers for its filters (PIL.Image.Resampling). */
const FILTERS = { 0: 'nearest', 2: 'bilinear', 3: 'bicubic' } as const

const schema = z.object({
  do_resize: z.boolean().default(true),
  size: sizeSchema.default({ height: 224, width: 224 }),
  resample: z
    .union([z.literal(0), z.literal(2), z.literal(3)], { error: '0 (nearest), 2 (bilinear) or 3 (bicubic)' })
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
  return parseWith(schema, dropNulls(raw), 'preprocessor_config.json', 'config')
}

/** transformers writes null for "my default". */
function dropNulls(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return raw
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== null))
}
