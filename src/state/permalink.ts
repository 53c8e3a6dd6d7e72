/**
 * Links that hold a lab's whole state: JSON, checked by a schema, deflated, base64url. The same objects are what
 * `clsroom.state()` gives and `clsroom.setState()` takes.
 */

import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate'
import { z } from 'zod'
import { ClsroomError } from '../core/errors.ts'

/** An address with more is not one of ours. */
const MAX_LINK = 2_000_000

/** How one lab writes its links. */
export interface LinkFormat<Link> {
  /** Of what is written now. */
  version: number
  schema: z.ZodType<Link>
  /** By an older version: what turns its content into that of the next one. */
  migrations: Readonly<Record<number, (content: unknown) => unknown>>
}

/** A place, a layer, an id. */
export const index = z.number().int().min(0).max(65536)
/** From 0 to 1. */
export const share = z.number().min(0).max(1)
export const model = z.string().min(1).max(300)
export const ablated = z.array(z.tuple([index, index])).max(65536)
/** What the looks of all labs have. */
export const look = { tool: z.string().max(40).optional(), layer: index, head: z.union([index, z.literal('mean')]) }

/** The `s` parameter of a hash. */
export function encodeLink<Link>({ version }: LinkFormat<Link>, link: Link): string {
  return toBase64Url(deflateSync(strToU8(JSON.stringify([version, link])), { level: 9 }))
}

/** @throws ClsroomError `state` that says what is wrong with the link */
export function decodeLink<Link>(format: LinkFormat<Link>, encoded: string): Link {
  let content: unknown
  try {
    // A short link can inflate to gigabytes: the output has a fixed size, and more of it is an error.
    const json = strFromU8(inflateSync(fromBase64Url(encoded), { out: new Uint8Array(MAX_LINK) }))
    content = JSON.parse(json)
  } catch (cause) {
    throw broken('it cannot be unpacked', cause)
  }
  const [version, link] = Array.isArray(content) ? content : []
  return parseLink(format, migrated(format, version, link))
}

/** @throws ClsroomError `state` that names what does not fit */
export function parseLink<Link>({ schema }: LinkFormat<Link>, value: unknown): Link {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw broken(
    parsed.error.issues
      .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
      .slice(0, 3)
      .join('; '),
  )
}

/** Brings the content of an older version to today's, step by step. */
function migrated<Link>({ version, migrations }: LinkFormat<Link>, found: unknown, content: unknown): unknown {
  let at = found
  let value = content
  while (at !== version) {
    const step = typeof at === 'number' ? migrations[at] : undefined
    if (!step) throw broken(`version ${JSON.stringify(found)}, not ${version}`)
    value = step(value)
    at = (at as number) + 1
  }
  return value
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
