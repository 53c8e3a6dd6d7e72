/**
 * Links that hold a lab's whole state: JSON, checked by a schema, deflated, base64url. The same objects are what
 * `clsroom.state()` gives and `clsroom.setState()` takes.
 */

import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate'
import { z } from 'zod'
import { ClsroomError } from '../core/errors.ts'
import { PADDING_SIDES } from '../sequence/padding.ts'
import { STRATEGIES } from '../sequence/patch_masking.ts'
import { entrySchema, tokensSchema } from '../sequence/serialise_schema.ts'
import { MAX_SEGMENTS } from '../sequence/text.ts'
import { MASKING_RULES, MASKING_UNITS } from './masking_plan.ts'

const VERSION = 1
/** A text is at most a few hundred tokens for the model; a link with more is not one of ours. */
export const MAX_TEXT = 100_000
const MAX_LINK = 2_000_000

const index = z.number().int().min(0).max(65536)
const head = z.union([index, z.literal('mean')])
const ablated = z.array(z.tuple([index, index])).max(65536)
const tool = z.string().max(40)
const model = z.string().min(1).max(300)

const positionTable = z.discriminatedUnion('type', [
  z.object({ type: z.literal('trained'), interpolation: z.enum(['bicubic', 'bilinear', 'nearest']) }),
  z.object({ type: z.literal('off') }),
  z.object({ type: z.literal('shuffled'), seed: z.number().int() }),
  z.object({ type: z.literal('sine') }),
])

const share = z.number().min(0).max(1)

/** A square of the photo, and what was painted on it; see loaders/image_crop.ts and image_paint.ts. */
const crop = z.object({ x: share, y: share, size: share })
const stroke = z.object({
  tool: z.enum(['brush', 'erase', 'blur']),
  colour: z.string().regex(/^#[0-9a-f]{6}$/),
  size: share,
  points: z
    .array(z.tuple([z.number().min(-1).max(2), z.number().min(-1).max(2)]).readonly())
    .min(1)
    .max(10_000)
    .readonly(),
})

const textLink = z.object({
  lab: z.literal('text'),
  model,
  texts: z.array(z.string().max(MAX_TEXT)).min(1).max(MAX_SEGMENTS),
  /** What closes each segment; null: the model's own separator. */
  separators: z.array(entrySchema.nullable()).max(MAX_SEGMENTS).optional(),
  truncation: z.enum(['longest_first', 'only_second']).optional(),
  /** Where texts were cut, the pieces of each that the tokens below belong to. */
  kept: z.array(index).max(MAX_SEGMENTS).optional(),
  format: z.string().max(40).optional(),
  tokens: tokensSchema.optional(),
  ablated: ablated.optional(),
  look: z
    .object({
      tool: tool.optional(),
      layer: index,
      head,
      selected: z.array(index).max(65536),
      paint: z.enum(['layer', 'all']).optional(),
      masking: z
        .object({ unit: z.enum(MASKING_UNITS), ratio: share, seed: z.number().int(), rule: z.enum(MASKING_RULES) })
        .optional(),
      padding: z.enum(PADDING_SIDES).optional(),
      /** What the pooling tool compares. */
      sentences: z.array(z.string().max(2000)).min(1).max(12).optional(),
    })
    .optional(),
})

const visionLink = z.object({
  lab: z.literal('vision'),
  model,
  /** A sample's file; a photo of one's own is never in a link. */
  sample: z.string().max(300).optional(),
  tokens: tokensSchema.optional(),
  ablated: ablated.optional(),
  positionTable: positionTable.optional(),
  /** Of the input in pixels, when not the model's own. */
  side: z.number().int().min(1).max(4096).optional(),
  crop: crop.optional(),
  strokes: z.array(stroke).max(1000).readonly().optional(),
  look: z
    .object({
      tool: tool.optional(),
      layer: index,
      head,
      reading: z.enum(['head', 'max', 'rollout']).optional(),
      query: index.optional(),
      overlay: z.object({ opacity: share, smooth: z.boolean(), mass: share.nullable() }).partial().optional(),
      sight: z.enum(['sharp', 'seen']).optional(),
      masking: z
        .object({
          strategy: z.enum(STRATEGIES),
          ratio: share,
          seed: z.number().int(),
          as: z.enum(['removed', 'masked']),
        })
        .optional(),
    })
    .optional(),
})

const linkSchema = z.discriminatedUnion('lab', [textLink, visionLink])

export type TextLink = z.infer<typeof textLink>
export type VisionLink = z.infer<typeof visionLink>
export type Link = TextLink | VisionLink

/** The `s` parameter of a hash. */
export function encodeLink(link: Link): string {
  return toBase64Url(deflateSync(strToU8(JSON.stringify([VERSION, link])), { level: 9 }))
}

/** @throws ClsroomError `state` that says what is wrong with the link */
export function decodeLink(encoded: string): Link {
  let content: unknown
  try {
    // A short link can inflate to gigabytes: the output has a fixed size, and more of it is an error.
    const json = strFromU8(inflateSync(fromBase64Url(encoded), { out: new Uint8Array(MAX_LINK) }))
    content = JSON.parse(json)
  } catch (cause) {
    throw broken('it cannot be unpacked', cause)
  }
  if (!Array.isArray(content) || content[0] !== VERSION) {
    throw broken(`version ${JSON.stringify(Array.isArray(content) ? content[0] : undefined)}, not ${VERSION}`)
  }
  return parseLink(content[1])
}

/** @throws ClsroomError `state` that names what does not fit */
export function parseLink(value: unknown): Link {
  const parsed = linkSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw broken(
    parsed.error.issues
      .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
      .slice(0, 3)
      .join('; '),
  )
}

function broken(found: string, cause?: unknown): ClsroomError {
  return new ClsroomError('state', 'This link holds no state that can be shown', {
    found,
    expected: 'a link copied from CLSroom',
    advice: 'The lab opens on its example instead',
    cause,
  })
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

function fromBase64Url(text: string): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}
