/** Models in Hugging Face's layout: one loader for embedded, hub, URL and dropped files. */

import { ClsroomError } from '../core/errors.ts'
import { fetchPart } from '../core/fetch_part.ts'
import { parseJson, withoutNulls } from '../core/json.ts'
import type { Weights } from '../core/model.ts'
import { type Directory, type ModelSource, openDirectory, type ReadOptions, readText } from './directory.ts'
import type { PreprocessorConfig } from './preprocessor.ts'
import { readWeights } from './weight_files.ts'

export type { ModelSource, ReadOptions }

export interface ModelFiles {
  /** config.json as it is: the model that its model_type names checks it. */
  config: unknown
  preprocessor?: PreprocessorConfig
  /** The text of tokenizer.json and tokenizer_config.json, for `loadTokenizer`. */
  tokenizerJson?: string
  tokenizerConfig?: string
  /** README.md, where there is one; not asked for of models that come with the page. */
  readme?: string
  weights: Weights
  /** To be called when the model is refused after all: keeps none of its files for another visit. */
  forget(): Promise<void>
}

const MIB = 2 ** 20
const MAX_CONFIG_BYTES = MIB
const MAX_TOKENIZER_BYTES = 64 * MIB
/** ViTConfig's default. */
const VIT_IMAGE_SIZE = 224

/**
 * Reads everything a model consists of. Which tensors must be there is the model's business.
 * @param accept throws for a config.json that nothing here runs, before anything else is asked for
 * @throws ClsroomError `fetch` for files that are missing or cannot be read; the parsers' own errors for their content
 */
export async function readModel(
  source: ModelSource,
  options: ReadOptions = {},
  accept: (config: unknown) => Promise<unknown> = async () => {},
): Promise<ModelFiles> {
  // When one file fails, the others need not be downloaded to the end.
  const failure = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, failure.signal]) : failure.signal
  const directory = await openDirectory(source, { ...options, signal })
  try {
    const config = await readAcceptedConfig(directory, accept)
    // A file that is not there costs a failed request, so only those of the model's kind are asked for.
    const imageSize = imageSizeOf(config)
    const readsPictures = imageSize !== undefined
    const [preprocessor, tokenizerJson, tokenizerConfig, readme, weights] = await Promise.all([
      readsPictures ? readPreprocessor(directory, imageSize) : undefined,
      readsPictures ? undefined : readTokenizer(directory),
      readsPictures ? undefined : readText(directory, 'tokenizer_config.json', MAX_TOKENIZER_BYTES),
      source.type === 'embedded' ? undefined : readReadme(directory),
      readWeights(directory),
    ])
    return {
      config,
      preprocessor,
      tokenizerJson:
        typeof tokenizerJson === 'object'
          ? await tokenizerOfWords(tokenizerJson.vocabulary, tokenizerConfig)
          : tokenizerJson,
      tokenizerConfig,
      readme,
      weights,
      forget: directory.forget,
    }
  } catch (error) {
    failure.abort()
    if (isRefusal(error)) await directory.forget()
    throw error
  }
}

/**
 * Reads config.json alone.
 * @param accept throws for one that nothing here runs; nothing of it is kept then
 */
export async function readModelConfig<T>(
  source: ModelSource,
  options: ReadOptions,
  accept: (config: unknown) => Promise<T>,
): Promise<T> {
  const directory = await openDirectory(source, options)
  try {
    return await accept(await readAcceptedConfig(directory, async () => {}))
  } catch (error) {
    if (isRefusal(error)) await directory.forget()
    throw error
  }
}

async function readAcceptedConfig(directory: Directory, accept: (config: unknown) => Promise<unknown>) {
  const config = withoutNulls(await readConfig(directory, 'config.json'))
  if (config === undefined) throw directory.missing('config.json')
  await accept(config)
  return config
}

/** What is wrong with the model itself: what was cut off on the way is worth keeping for the next try. */
export function isRefusal(error: unknown): boolean {
  return !(error instanceof ClsroomError && (error.code === 'fetch' || error.code === 'device'))
}

/** `image_size`, which only the configs of vision models have; without a value, transformers' own. DETR reads pictures of any size. */
function imageSizeOf(config: unknown): unknown {
  if (typeof config !== 'object' || config === null) return undefined
  if ('image_size' in config) return config.image_size ?? VIT_IMAGE_SIZE
  if (!('model_type' in config)) return undefined
  if (config.model_type === 'detr') return ANY_SIZE
  return config.model_type === 'vit' ? VIT_IMAGE_SIZE : undefined
}

/** What `preprocessorFor` takes for no size of the model's own. */
const ANY_SIZE = 'any'

async function readPreprocessor(directory: Directory, imageSize: unknown): Promise<PreprocessorConfig> {
  const [raw, { preprocessorFor }] = await Promise.all([
    readConfig(directory, 'preprocessor_config.json'),
    fetchPart(() => import('./preprocessor.ts')),
  ])
  return preprocessorFor(imageSize, raw)
}

async function tokenizerOfWords(vocabulary: string, tokenizerConfig: string | undefined): Promise<string> {
  const { wordPieceFile } = await fetchPart(() => import('./vocabulary.ts'))
  return wordPieceFile(vocabulary, tokenizerConfig)
}

/** tokenizer.json, or the words of vocab.txt, all that older BERT checkpoints bring. */
async function readTokenizer(directory: Directory): Promise<string | { vocabulary: string } | undefined> {
  const file = await readText(directory, 'tokenizer.json', MAX_TOKENIZER_BYTES)
  if (file !== undefined) return file
  const vocabulary = await readText(directory, 'vocab.txt', MAX_TOKENIZER_BYTES)
  return vocabulary === undefined ? undefined : { vocabulary }
}

/** A model works without its README: one that cannot be read (several, too large) is as good as none. */
async function readReadme(directory: Directory): Promise<string | undefined> {
  try {
    return await readText(directory, 'README.md', MAX_CONFIG_BYTES)
  } catch {
    return undefined
  }
}

async function readConfig(directory: Directory, name: string): Promise<unknown> {
  const text = await readText(directory, name, MAX_CONFIG_BYTES)
  return text === undefined ? undefined : parseJson(text, name, 'config')
}
