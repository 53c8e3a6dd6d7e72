/**
 * preprocessor_config.json: how a picture becomes pixel values. What the file leaves out are the defaults of the image processor
 * that it names (transformers, models/<kind>/image_processing_pil_<kind>.py), by default ViTImageProcessor's.
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

/** The target: exactly height × width, or the shorter edge with the picture's own proportions, the longer one being limited. */
const sizeSchema = z.union(
  [exactSize, z.object({ shortest_edge: side, longest_edge: side.optional(), multiple: side.optional() })],
  {
    error: 'a number, [height, width], {height, width} or {shortest_edge, longest_edge}',
  },
)

const cropSchema = z.union([exactSize], { error: 'a number, [height, width] or {height, width}' })

/** One number a channel, or one for all three. */
const channels = z.union(
  [
    z.number().transform((all): [number, number, number] => [all, all, all]),
    z.tuple([z.number(), z.number(), z.number()]),
  ],
  { error: 'three numbers, or one' },
)

/** Pillow's numbers for its filters (PIL.Image.Resampling). */
const FILTERS = ['nearest', 'lanczos', 'bilinear', 'bicubic', 'box', 'hamming'] as const

const schema = z
  .object({
    do_resize: z.boolean().default(true),
    size: sizeSchema,
    resample: z
      .literal([0, 1, 2, 3, 4, 5], { error: FILTERS.map((name, number) => `${number} (${name})`).join(', ') })
      .transform((number) => FILTERS[number]),
    do_center_crop: z.boolean(),
    crop_size: cropSchema.optional(),
    do_rescale: z.boolean().default(true),
    rescale_factor: z
      .number()
      .positive()
      .default(1 / 255),
    do_normalize: z.boolean().default(true),
    image_mean: channels,
    image_std: channels.refine((std) => std.every((s) => s > 0), { error: 'positive numbers' }),
  })
  .refine(({ do_center_crop, crop_size }) => !do_center_crop || crop_size, {
    path: ['crop_size'],
    error: 'the size of the crop that do_center_crop asks for',
  })

const HALF = [0.5, 0.5, 0.5]
const SQUARE = { height: 224, width: 224 }
const CLIP = {
  size: { shortest_edge: 224 },
  resample: 3,
  do_center_crop: true,
  crop_size: SQUARE,
  image_mean: [0.48145466, 0.4578275, 0.40821073],
  image_std: [0.26862954, 0.26130258, 0.27577711],
}

/** Detectors read pictures of any size, and pad those of a batch alone: a single one stays as it is. */
const DETECTOR = {
  size: { shortest_edge: 800, longest_edge: 1333 },
  resample: 2,
  do_center_crop: false,
  image_mean: [0.485, 0.456, 0.406],
  image_std: [0.229, 0.224, 0.225],
}
/** YOLOS cuts both edges to whole patches (its `get_size_with_aspect_ratio`, mod_size = 16). */
const YOLOS_MULTIPLE = 16

/** What each image processor does where its file says nothing. */
const DEFAULTS = {
  ViTImageProcessor: { size: SQUARE, resample: 2, do_center_crop: false, image_mean: HALF, image_std: HALF },
  DeiTImageProcessor: {
    size: { height: 256, width: 256 },
    resample: 3,
    do_center_crop: true,
    crop_size: SQUARE,
    image_mean: HALF,
    image_std: HALF,
  },
  CLIPImageProcessor: CLIP,
  BitImageProcessor: CLIP,
  DetrImageProcessor: DETECTOR,
  YolosImageProcessor: DETECTOR,
} as const
type Kind = keyof typeof DEFAULTS

/** `resample` by name; `size` as an object. */
export type PreprocessorConfig = z.output<typeof schema>

/**
 * Checks and completes a parsed preprocessor_config.json; `{}` gives ViTImageProcessor's defaults.
 * @throws ClsroomError `config`; `unsupported` for an image processor that does more than these
 */
export function parsePreprocessorConfig(raw: unknown): PreprocessorConfig {
  const given = withoutNulls(raw)
  return parseWith(schema, isRecord(given) ? completed(given) : given, 'preprocessor_config.json', 'config')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function completed(given: Record<string, unknown>): Record<string, unknown> {
  const kind = kindOf(given)
  const defaults = DEFAULTS[kind]
  const size = given.size ?? defaults.size
  if (kind === 'YolosImageProcessor' && isRecord(size) && 'shortest_edge' in size) {
    return { ...defaults, ...given, size: { ...size, multiple: YOLOS_MULTIPLE } }
  }
  // To those whose default is an edge, one number is an edge (`default_to_square = False`).
  const isEdge = typeof size === 'number' && 'shortest_edge' in defaults.size
  return { ...defaults, ...given, size: isEdge ? { shortest_edge: size } : size }
}

/** The image processor by its present name: files name it with the endings of older releases and of its engines, too. */
function kindOf(given: Record<string, unknown>): Kind {
  const named = given.image_processor_type ?? given.feature_extractor_type ?? 'ViTImageProcessor'
  const kind = String(named)
    .replace(/(Fast|Pil)$/, '')
    .replace(/FeatureExtractor$/, 'ImageProcessor')
  if (isKind(kind)) return kind
  throw new ClsroomError(
    'unsupported',
    'preprocessor_config.json names an image processor that CLSroom does not repeat',
    {
      found: String(named).slice(0, 60),
      expected: Object.keys(DEFAULTS).join(', '),
      advice: 'Use the preprocessor_config.json that was saved with this model',
    },
  )
}

function isKind(name: string): name is Kind {
  return Object.hasOwn(DEFAULTS, name)
}

/** In whole pixels. */
interface Size {
  width: number
  height: number
}

/** What a picture is resized to, before a centre crop. */
export function resizedSize({ width, height }: Size, size: PreprocessorConfig['size']): Size {
  if (!('shortest_edge' in size)) return size
  const edges = withEdges({ width, height }, size.shortest_edge, size.longest_edge)
  const { multiple = 1 } = size
  return { width: edges.width - (edges.width % multiple), height: edges.height - (edges.height % multiple) }
}

/** transformers' `get_size_with_aspect_ratio`: the longer edge is rounded down; where that is too long, both shrink. */
function withEdges({ width, height }: Size, shortest: number, longest = Number.POSITIVE_INFINITY): Size {
  const [short, long] = [Math.min(width, height), Math.max(width, height)]
  const exact = (long / short) * shortest > longest ? (longest * short) / long : shortest
  const edge = roundHalfEven(exact)
  if (edge === short) return { width, height }
  const longer = long === short ? edge : Math.floor((exact * long) / short)
  return width < height ? { width: edge, height: longer } : { width: longer, height: edge }
}

/** As Python rounds. */
function roundHalfEven(x: number): number {
  return Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x)
}

/**
 * A vision model's preprocessor: what the file says, or without a file ViTImageProcessor's defaults at the model's own size.
 * @param imageSize `image_size` of config.json, checked where the model is built; 'any': a detector without one
 * @throws ClsroomError `config` where the pictures would not have the size that the model reads, as transformers refuses; detectors read any
 */
export function preprocessorFor(imageSize: unknown, raw: unknown): PreprocessorConfig {
  const own = exactSize.safeParse(imageSize)
  if (!own.success) {
    return parsePreprocessorConfig(raw ?? (imageSize === 'any' ? { image_processor_type: 'DetrImageProcessor' } : {}))
  }
  const preprocessor = parsePreprocessorConfig(raw ?? { size: own.data })
  if (isRecord(raw) && DEFAULTS[kindOf(raw)] === DETECTOR) return preprocessor
  const { do_resize, size, do_center_crop, crop_size } = preprocessor
  const resized = do_resize ? resizedSize(own.data, size) : own.data
  const made = (do_center_crop && crop_size) || resized
  if (made.height !== own.data.height || made.width !== own.data.width) {
    throw new ClsroomError('config', 'preprocessor_config.json makes pictures of another size than the model reads', {
      found: `${made.height} × ${made.width} pixels`,
      expected: `${own.data.height} × ${own.data.width}, the image_size of config.json`,
      advice: 'Use the preprocessor_config.json that was saved with this model',
    })
  }
  return preprocessor
}
