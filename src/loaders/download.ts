/** One file from a server, with byte progress, a size limit and a way to stop. */

import { ClsroomError } from '../core/errors.ts'

export interface DownloadOptions {
  maxBytes: number
  signal?: AbortSignal
  /** @param total undefined where the server does not say */
  onBytes?: (loaded: number, total: number | undefined) => void
}

/**
 * @returns the bytes, or undefined where the server has no such file
 * @throws ClsroomError `fetch` naming the URL: offline, refused, too large, cut short, stopped
 */
export async function download(url: string, options: DownloadOptions): Promise<ArrayBuffer | undefined> {
  try {
    const response = await fetch(url, { signal: options.signal })
    if (response.status === 404 || isWebPage(response)) return undefined
    if (!response.ok) throw refusedBy(response, url)
    return await readBody(response, url, options)
  } catch (cause) {
    if (cause instanceof ClsroomError) throw cause
    if (options.signal?.aborted) throw new ClsroomError('fetch', `The download of ${url} was stopped`, { cause })
    throw new ClsroomError('fetch', `${url} could not be downloaded`, {
      found: String(cause),
      advice: 'Check the connection and the address; the server must also allow other sites to read its files (CORS)',
      cause,
    })
  }
}

/** Development and single-page servers answer a missing file with their start page and status 200. */
function isWebPage(response: Response): boolean {
  return response.ok && (response.headers.get('content-type') ?? '').startsWith('text/html')
}

function refusedBy(response: Response, url: string): ClsroomError {
  const closed = response.status === 401 || response.status === 403
  return new ClsroomError('fetch', `${url} could not be downloaded`, {
    found: `status ${response.status} ${response.statusText}`.trimEnd(),
    expected: 'a file',
    advice: closed
      ? 'The model does not exist, is private, or asks for consent: download its files and drop them here'
      : 'Try again later',
  })
}

async function readBody(response: Response, url: string, options: DownloadOptions): Promise<ArrayBuffer> {
  const { maxBytes, onBytes } = options
  const total = announcedLength(response)
  if (total !== undefined && total > maxBytes) throw tooLarge(url, `${total} bytes`, maxBytes)
  let bytes = new Uint8Array(total ?? 65_536)
  let loaded = 0
  onBytes?.(0, total)
  const reader = response.body?.getReader()
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    const needed = loaded + next.value.length
    if (needed > maxBytes) {
      await reader?.cancel()
      throw tooLarge(url, `more than ${maxBytes} bytes`, maxBytes)
    }
    if (needed > bytes.length) bytes = grown(bytes, Math.min(maxBytes, Math.max(needed, 2 * bytes.length)))
    bytes.set(next.value, loaded)
    loaded = needed
    onBytes?.(loaded, total)
  }
  if (total !== undefined && loaded !== total) {
    throw new ClsroomError('fetch', `The download of ${url} was cut short`, {
      found: `${loaded} bytes`,
      expected: `${total}`,
      advice: 'Check the connection and try again',
    })
  }
  return loaded === bytes.length ? bytes.buffer : bytes.buffer.slice(0, loaded)
}

/** The length of the body as it will be read: a compressed one is announced by its compressed length. */
function announcedLength({ headers }: Response): number | undefined {
  const length = Number.parseInt(headers.get('content-length') ?? '', 10)
  return Number.isNaN(length) || headers.has('content-encoding') ? undefined : length
}

function grown(bytes: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length)
  larger.set(bytes)
  return larger
}

export function tooLarge(file: string, found: string, maxBytes: number): ClsroomError {
  return new ClsroomError('fetch', `${file} is too large`, {
    found,
    expected: `at most ${Math.round(maxBytes / 2 ** 20)} MiB`,
    advice: 'Choose a smaller model',
  })
}
