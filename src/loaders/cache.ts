/**
 * Downloaded model files, kept in the browser's Cache Storage for the next visit and for offline use. Every file is
 * stored with its SHA-256 and checked against it when it is read. A cache is a convenience: where storage is missing,
 * full or damaged, files are downloaded again and nothing else changes.
 */

const CACHE_NAME = 'clsroom-models-v1'
const SHA256 = 'x-clsroom-sha256'
const STORED_AT = 'x-clsroom-stored-at'

export interface ModelCache {
  /** Why nothing is kept, in words for the page; undefined while files are kept. */
  readonly problem: string | undefined
  /** The bytes stored for `url`, or undefined: never stored, evicted, or no longer what was stored. */
  get(url: string): Promise<ArrayBuffer | undefined>
  /** Stores `bytes`, giving up the oldest files where there is too little room. */
  put(url: string, bytes: ArrayBuffer): Promise<void>
  /** What is kept, oldest first. */
  list(): Promise<{ url: string; bytes: number }[]>
  clear(): Promise<void>
  delete(url: string): Promise<void>
}

/** @param storage Cache Storage; missing outside https and localhost, and refused by some private windows */
export async function openModelCache(storage: CacheStorage | undefined = globalThis.caches): Promise<ModelCache> {
  try {
    if (storage && globalThis.crypto?.subtle) return new StoredFiles(await storage.open(CACHE_NAME))
  } catch {
    // Private windows throw a SecurityError: the same as no storage.
  }
  return NO_CACHE
}

const NO_CACHE: ModelCache = {
  problem: 'This browser window keeps no files, so models are downloaded again on every visit.',
  get: async () => undefined,
  put: async () => {},
  list: async () => [],
  clear: async () => {},
  delete: async () => {},
}

class StoredFiles implements ModelCache {
  problem: string | undefined
  readonly #cache: Cache

  constructor(cache: Cache) {
    this.#cache = cache
  }

  async get(url: string): Promise<ArrayBuffer | undefined> {
    try {
      const stored = await this.#cache.match(url)
      if (!stored) return undefined
      const bytes = await stored.arrayBuffer()
      if ((await sha256(bytes)) === stored.headers.get(SHA256)) return bytes
      await this.#cache.delete(url)
    } catch (error) {
      this.problem = `The browser could not read a kept file (${String(error)}), so it is downloaded again.`
    }
    return undefined
  }

  async put(url: string, bytes: ArrayBuffer): Promise<void> {
    try {
      const headers = {
        [SHA256]: await sha256(bytes),
        [STORED_AT]: String(Date.now()),
        'content-length': String(bytes.byteLength),
      }
      while (!(await this.#fits(url, new Response(bytes, { headers })))) {
        const [oldest] = await this.list()
        if (!oldest) throw new Error('there is no room')
        await this.#cache.delete(oldest.url)
      }
    } catch (error) {
      this.problem = `The browser could not keep the model (${String(error)}), so it is downloaded again next time.`
    }
  }

  async list(): Promise<{ url: string; bytes: number }[]> {
    const files = await Promise.all(
      (await this.#cache.keys()).map(async ({ url }) => {
        const headers = (await this.#cache.match(url))?.headers
        return { url, bytes: Number(headers?.get('content-length')), storedAt: Number(headers?.get(STORED_AT)) }
      }),
    )
    return files.toSorted((a, b) => a.storedAt - b.storedAt).map(({ url, bytes }) => ({ url, bytes }))
  }

  async clear(): Promise<void> {
    for (const { url } of await this.#cache.keys()) await this.#cache.delete(url)
    this.problem = undefined
  }

  async delete(url: string): Promise<void> {
    await this.#cache.delete(url)
  }

  /** Stores `response`; false where there is too little room. */
  async #fits(url: string, response: Response): Promise<boolean> {
    try {
      await this.#cache.put(url, response)
      return true
    } catch (error) {
      if (error instanceof DOMException && error.name === 'QuotaExceededError') return false
      throw error
    }
  }
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
