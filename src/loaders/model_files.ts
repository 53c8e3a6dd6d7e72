/** A model directory in Hugging Face's layout, from wherever it lies: one loader for embedded, hub, URL and dropped files. */

import { z } from 'zod'
import { ClsroomError } from '../core/errors.ts'
import type { Weights } from '../core/model.ts'
import { type ModelCache, openModelCache } from './cache.ts'
import { type ModelConfig, parseModelConfig } from './config.ts'
import { download, tooLarge } from './download.ts'
import { parseJson, parseWith } from './json.ts'
import { type PreprocessorConfig, parsePreprocessorConfig } from './preprocessor.ts'
import { parseSafetensors } from './safetensors.ts'

export type ModelSource =
  | { type: 'embedded'; url: string } // the absolute URL of models/<name>/
  | { type: 'hub'; id: string } // "org/name"
  | { type: 'url'; url: string } // ends in "/"
  | { type: 'files'; files: Readonly<Record<string, Blob | ArrayBuffer | string>> } // by name, or by path with one such name

export interface ModelFiles {
  config: ModelConfig
  preprocessor?: PreprocessorConfig
  /** The text of tokenizer.json and tokenizer_config.json, for `loadTokenizer`. */
  tokenizerJson?: string
  tokenizerConfig?: string
  weights: Weights
}

export interface ReadOptions {
  /** Bytes of all files so far, out of all files begun so far; `file` is the one that moved. */
  onProgress?: (bytesLoaded: number, bytesTotal: number, file: string) => void
  signal?: AbortSignal
  /** Where downloads from other servers are kept; absent: the browser's cache. */
  cache?: ModelCache
}

const MIB = 2 ** 20
const MAX_BYTES = { config: MIB, tokenizer: 64 * MIB, index: 16 * MIB, weights: 2048 * MIB }
const MAX_SHARDS = 64

/** A file of the model, or undefined where it has none of that name. */
type ReadFile = (name: string, maxBytes: number) => Promise<ArrayBuffer | undefined>

/**
 * Reads everything a model consists of. Which tensors must be there is the model's business.
 * @throws ClsroomError `fetch` for files that are missing or cannot be read; the parsers' own errors for their content
 */
export async function readModel(source: ModelSource, options: ReadOptions = {}): Promise<ModelFiles> {
  // When one file fails, the others need not be downloaded to the end.
  const failure = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, failure.signal]) : failure.signal
  const read = await fileReader(source, { ...options, signal })
  try {
    const config = parseModelConfig(
      parseJson(utf8(await required(read, 'config.json', MAX_BYTES.config, source)), 'config.json', 'config'),
    )
    const isText = config.model_type === 'bert'
    const [preprocessor, tokenizerJson, tokenizerConfig, weights] = await Promise.all([
      isText ? undefined : readPreprocessor(read),
      isText ? optionalText(read, 'tokenizer.json', MAX_BYTES.tokenizer) : undefined,
      isText ? optionalText(read, 'tokenizer_config.json', MAX_BYTES.tokenizer) : undefined,
      readWeights(read, source),
    ])
    return { config, preprocessor, tokenizerJson, tokenizerConfig, weights }
  } catch (error) {
    failure.abort()
    throw error
  }
}

async function fileReader(source: ModelSource, options: ReadOptions): Promise<ReadFile> {
  if (source.type === 'files') return (name, maxBytes) => readDropped(source.files, name, maxBytes)
  const base = baseUrl(source)
  // What the page ships is the page's own to cache.
  const cache = source.type === 'embedded' ? undefined : (options.cache ?? (await openModelCache()))
  const progress = sumProgress(options.onProgress)
  return async (name, maxBytes) => {
    const url = new URL(name, base).href
    const kept = await cache?.get(url)
    if (kept) return kept
    const bytes = await download(url, {
      maxBytes,
      signal: options.signal,
      onBytes: (loaded, total) => progress(name, loaded, total),
    })
    if (bytes) await cache?.put(url, bytes)
    return bytes
  }
}

function baseUrl(source: Exclude<ModelSource, { type: 'files' }>): string {
  return source.type === 'hub' ? `https://huggingface.co/${source.id}/resolve/main/` : source.url
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

async function readDropped(
  files: Readonly<Record<string, Blob | ArrayBuffer | string>>,
  name: string,
  maxBytes: number,
): Promise<ArrayBuffer | undefined> {
  const names = Object.keys(files).filter((path) => path === name || path.endsWith(`/${name}`))
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

async function required(read: ReadFile, name: string, maxBytes: number, source: ModelSource): Promise<ArrayBuffer> {
  const bytes = await read(name, maxBytes)
  if (bytes) return bytes
  throw missing(name, source)
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

async function optionalText(read: ReadFile, name: string, maxBytes: number): Promise<string | undefined> {
  const bytes = await read(name, maxBytes)
  return bytes && utf8(bytes)
}

async function readPreprocessor(read: ReadFile): Promise<PreprocessorConfig> {
  const text = await optionalText(read, 'preprocessor_config.json', MAX_BYTES.config)
  return parsePreprocessorConfig(text === undefined ? {} : parseJson(text, 'preprocessor_config.json', 'config'))
}

const utf8 = (bytes: ArrayBuffer): string => new TextDecoder().decode(bytes)

/** One file, or several that `model.safetensors.index.json` lists. */
async function readWeights(read: ReadFile, source: ModelSource): Promise<Weights> {
  const whole = await read('model.safetensors', MAX_BYTES.weights)
  if (whole) return parseSafetensors(whole)
  const index = await optionalText(read, INDEX, MAX_BYTES.index)
  if (index === undefined) throw missing('model.safetensors', source)

  const { weight_map } = parseWith(indexSchema, parseJson(index, INDEX, 'safetensors'), INDEX, 'safetensors')
  const weights = new Map<string, { shard: string; array: NonNullable<ReturnType<Weights['get']>> }>()
  for (const shard of new Set(Object.values(weight_map))) {
    const tensors = parseSafetensors(await required(read, shard, MAX_BYTES.weights, source), shard)
    for (const [name, array] of tensors) {
      const other = weights.get(name)?.shard
      if (other) throw badIndex(`Tensor "${name}" is in two files`, `${other} and ${shard}`, 'one')
      weights.set(name, { shard, array })
    }
  }
  for (const [name, shard] of Object.entries(weight_map)) {
    const found = weights.get(name)?.shard
    if (found !== shard) throw badIndex(`Tensor "${name}" is not where ${INDEX} says`, found ?? 'nowhere', shard)
  }
  return new Map([...weights].map(([name, { array }]) => [name, array]))
}

const INDEX = 'model.safetensors.index.json'

const indexSchema = z.object({
  weight_map: z
    .record(z.string(), z.string().regex(/^\w[\w.-]*\.safetensors$/, { error: 'a plain file name' }))
    .refine((map) => new Set(Object.values(map)).size <= MAX_SHARDS, { error: `at most ${MAX_SHARDS} files` }),
})

function badIndex(what: string, found: string, expected: string): ClsroomError {
  return new ClsroomError('safetensors', what, {
    found,
    expected,
    advice: 'The files belong to different versions of the model: download all of them again',
  })
}
