/**
 * Links that hold a lab's whole state: JSON, checked by a schema, deflated, base64url. The same objects are what
 * `clsroom.state()` gives and `clsroom.setState()` takes.
 */

import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate'
import type { z } from 'zod'
import { fromBase64Url, toBase64Url } from '../core/base64url.ts'
import { ClsroomError } from '../core/errors.ts'

/** An address with more is not one of ours. */
const MAX_LINK = 2_000_000

/** How one lab writes its links. */
export interface LinkFormat<Link> {
  /** Of what is written now. */
  version: number
  /** Fetched when a link comes in: what the page itself writes needs no check. */
  schema: () => Promise<z.ZodType<Link>>
  /** By an older version: what turns its content into that of the next one. */
  migrations: Readonly<Record<number, (content: unknown) => unknown>>
}

/** The `s` parameter of a hash. */
export function encodeLink<Link>({ version }: LinkFormat<Link>, link: Link): string {
  return toBase64Url(deflateSync(strToU8(JSON.stringify([version, link])), { level: 9 }))
}

/** @throws ClsroomError `state` that says what is wrong with the link */
export async function decodeLink<Link>(format: LinkFormat<Link>, encoded: string): Promise<Link> {
  let content: unknown
  try {
    // A short link can inflate to gigabytes: the output has a fixed size, and more of it is an error.
    const json = strFromU8(inflateSync(fromBase64Url(encoded), { out: new Uint8Array(MAX_LINK) }))
    content = JSON.parse(json)
  } catch (cause) {
    throw broken('it cannot be unpacked', cause)
  }
  const [version, link] = Array.isArray(content) ? content : []
  return parseVersioned(format, version, link)
}

/** A link that is kept with the version it was written in. @throws ClsroomError `state` that names what does not fit */
export async function parseVersioned<Link>(format: LinkFormat<Link>, version: unknown, link: unknown): Promise<Link> {
  return parseLink(format, migrated(format, version, link))
}

/** @throws ClsroomError `state` that names what does not fit */
export async function parseLink<Link>({ schema }: LinkFormat<Link>, value: unknown): Promise<Link> {
  const parsed = (await schema()).safeParse(value)
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
