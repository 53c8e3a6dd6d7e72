/** A model directory, wherever it lies: files by name from a server or from what was dropped on the page. */

import { ClsroomError } from '../core/errors.ts'
import { type ModelCache, openModelCache } from './cache.ts'
import { download, tooLarge } from './download.ts'

export type ModelSource =
  | { type: 'embedded'; url: string } // the absolute URL of models/<name>/
  | { type: 'hub'; id: string; revision?: string } // "org/name"; a branch, tag or commit, by default main
  | { type: 'url'; url: string } // ends in "/"
  | { type: 'files'; files: Readonly<Record<string, Blob | ArrayBuffer | string>> } // by name, or by path with one such name

export interface ReadOptions {
  /** Bytes of all files so far, out of all files begun so far; `file` is the one that moved. */
  onProgress?: (bytesLoaded: number, bytesTotal: number, file: string) => void
  signal?: AbortSignal
  /** Where downloads from other servers are kept; absent: the browser's cache. */
  cache?: ModelCache
}

export interface Directory {
  /** A file's bytes, or undefined where there is no file of that name. */
  read(name: string, maxBytes: number): Promise<ArrayBuffer | undefined>
  /** The error of a file that must be there. */
  missing(name: string): ClsroomError
  /** Keeps nothing of what was read: the model turned out to be none. */
  forget(): Promise<void>
}

/** A repository cloned without Git LFS holds, in the place of each large file, three lines that name it. */
function expectContent(name: string, bytes: ArrayBuffer): void {
  const start = new TextDecoder('latin1').decode(new Uint8Array(bytes, 0, Math.min(bytes.byteLength, POINTER.length)))
  if (start !== POINTER) return
  throw new ClsroomError('fetch', `${name} is a Git LFS pointer, not the file itself`, {
    found: `${bytes.byteLength} bytes that begin with "${POINTER}"`,
    expected: 'the content it points to',
    advice: 'Run "git lfs pull" in the repository, or download the file from its page',
  })
}

const POINTER = 'version https://git-lfs.github.com/spec/'

export async function openDirectory(source: ModelSource, options: ReadOptions): Promise<Directory> {
  const missingHere = (name: string) => missing(name, source)
  if (source.type === 'files') {
    const root = modelRoot(Object.keys(source.files))
    return {
      missing: missingHere,
      async read(name, maxBytes) {
        const bytes = await readDropped(source.files, root, name, maxBytes)
        if (bytes) expectContent(name, bytes)
        return bytes
      },
      forget: async () => {},
    }
  }
  // What the page ships is the page's own to cache.
  const cache = source.type === 'embedded' ? undefined : (options.cache ?? (await openModelCache()))
  const progress = sumProgress(options.onProgress)
  /** By address: resolves when the file is kept. */
  const keeping = new Map<string, Promise<void>>()
  return {
    missing: missingHere,
    async read(name, maxBytes) {
      const url = new URL(name, baseUrl(source)).href
      const kept = await cache?.get(url)
      if (kept) {
        keeping.set(url, Promise.resolve())
        return kept
      }
      const bytes = await download(url, {
        maxBytes,
        signal: options.signal,
        onBytes: (loaded, total) => progress(name, loaded, total),
      })
      if (!bytes) return undefined
      expectContent(name, bytes)
      if (cache) keeping.set(url, cache.put(url, bytes))
      await keeping.get(url)
      return bytes
    },
    async forget() {
      for (const [url, kept] of keeping) {
        await kept
        await cache?.delete(url)
      }
    },
  }
}

export async function readRequired(directory: Directory, name: string, maxBytes: number): Promise<ArrayBuffer> {
  const bytes = await directory.read(name, maxBytes)
  if (bytes) return bytes
  throw directory.missing(name)
}

export async function readText(directory: Directory, name: string, maxBytes: number): Promise<string | undefined> {
  const bytes = await directory.read(name, maxBytes)
  return bytes && new TextDecoder().decode(bytes)
}

function baseUrl(source: Exclude<ModelSource, { type: 'files' }>): string {
  if (source.type !== 'hub') return source.url
  return `https://huggingface.co/${source.id}/resolve/${encodeURIComponent(source.revision ?? 'main')}/`
}

/** One running sum over files that download side by side. */
function sumProgress(report: ReadOptions['onProgress']) {
  const files = new Map<string, { loaded: number; total: number }>()
  return (name: string, loaded: number, total = loaded) => {
    files.set(name, { loaded, total })
    const sum = (key: 'loaded' | 'total') => [...files.values()].reduce((bytes, file) => bytes + file[key], 0)
    report?.(sum('loaded'), sum('total'), name)
  }
}

/**
 * The folder of the model among dropped paths, ending in "/" or empty: where a config.json lies nearest the top, with weights
 * beside it where any has. A trainer's checkpoints and the modules of sentence-transformers lie further down.
 * Undefined where several lie equally near, or none is there.
 */
export function modelRoot(paths: readonly string[]): string | undefined {
  const folders = paths.filter((path) => /(^|\/)config\.json$/.test(path)).map((path) => path.slice(0, -CONFIG.length))
  const complete = folders.filter((folder) => WEIGHTS.some((name) => paths.includes(folder + name)))
  const candidates = complete.length > 0 ? complete : folders
  const depth = (folder: string) => folder.split('/').length
  const nearest = Math.min(...candidates.map(depth))
  const found = candidates.filter((folder) => depth(folder) === nearest)
  return found.length === 1 ? found[0] : undefined
}

const CONFIG = 'config.json'
const WEIGHTS = ['model.safetensors', 'model.safetensors.index.json']

/** @param root the model's folder: a file beside its config.json is taken before all others of that name */
async function readDropped(
  files: Readonly<Record<string, Blob | ArrayBuffer | string>>,
  root: string | undefined,
  name: string,
  maxBytes: number,
): Promise<ArrayBuffer | undefined> {
  const paths = Object.keys(files)
  const own = root !== undefined && root + name
  // What lies in the folders of other configs is theirs; files chosen one by one may come with any path.
  const others = paths.filter((path) => path.endsWith(`/${CONFIG}`) && path !== root + CONFIG)
  const isElsewhere = (path: string) => others.some((config) => path.startsWith(config.slice(0, -CONFIG.length)))
  const all = paths.filter((path) => path === name || path.endsWith(`/${name}`))
  const names = own && paths.includes(own) ? [own] : root === undefined ? all : all.filter((path) => !isElsewhere(path))
  if (names.length > 1) {
    throw new ClsroomError('fetch', `There are several files called ${name}`, {
      found: names.join(', '),
      expected: 'the files of one model',
      advice: 'Drop one model directory at a time',
    })
  }
  const content = files[names[0] ?? '']
  if (content === undefined) return undefined
  const size =
    typeof content === 'string' ? content.length : content instanceof Blob ? content.size : content.byteLength
  if (size > maxBytes) throw tooLarge(name, `${size} bytes`, maxBytes)
  if (content instanceof ArrayBuffer) return content
  try {
    return await new Blob([content]).arrayBuffer()
  } catch (cause) {
    throw new ClsroomError('fetch', `${name} could not be read`, {
      found: String(cause),
      advice: 'The file may have been moved or changed since it was dropped: drop it again',
      cause,
    })
  }
}

function missing(name: string, source: ModelSource): ClsroomError {
  if (source.type === 'files') {
    return new ClsroomError('fetch', `${name} is missing`, {
      found: Object.keys(source.files).slice(0, 10).join(', ') || 'no files',
      expected: 'config.json, model.safetensors and, for text, tokenizer.json',
      advice: 'Drop the whole model directory',
    })
  }
  return new ClsroomError('fetch', `${new URL(name, baseUrl(source)).href} does not exist`, {
    found: 'no such file on the server',
    expected: name,
    advice: 'Check the name of the model; CLSroom reads safetensors weights only',
  })
}
