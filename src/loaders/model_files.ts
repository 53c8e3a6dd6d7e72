/** Models in Hugging Face's layout: one loader for embedded, hub, URL and dropped files. */

import { parseJson } from '../core/json.ts'
import type { Weights } from '../core/model.ts'
import { type Directory, type ModelSource, openDirectory, type ReadOptions, readText } from './directory.ts'
import { type PreprocessorConfig, parsePreprocessorConfig } from './preprocessor.ts'
import { readWeights } from './weight_files.ts'

export type { ModelSource, ReadOptions }

export interface ModelFiles {
  /** config.json as it is: the model that its model_type names checks it. */
  config: unknown
  preprocessor?: PreprocessorConfig
  /** The text of tokenizer.json and tokenizer_config.json, for `loadTokenizer`. */
  tokenizerJson?: string
  tokenizerConfig?: string
  weights: Weights
}

const MIB = 2 ** 20
const MAX_CONFIG_BYTES = MIB
const MAX_TOKENIZER_BYTES = 64 * MIB

/**
 * Reads everything a model consists of. Which tensors must be there is the model's business.
 * @throws ClsroomError `fetch` for files that are missing or cannot be read; the parsers' own errors for their content
 */
export async function readModel(source: ModelSource, options: ReadOptions = {}): Promise<ModelFiles> {
  // When one file fails, the others need not be downloaded to the end.
  const failure = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, failure.signal]) : failure.signal
  try {
    const directory = await openDirectory(source, { ...options, signal })
    const config = await readConfig(directory, 'config.json')
    if (config === undefined) throw directory.missing('config.json')
    // A file that is not there costs a failed request, so only those of the model's kind are asked for.
    const readsPictures = typeof config === 'object' && config !== null && 'image_size' in config
    const [preprocessor, tokenizerJson, tokenizerConfig, weights] = await Promise.all([
      readsPictures ? readConfig(directory, 'preprocessor_config.json') : undefined,
      readsPictures ? undefined : readText(directory, 'tokenizer.json', MAX_TOKENIZER_BYTES),
      readsPictures ? undefined : readText(directory, 'tokenizer_config.json', MAX_TOKENIZER_BYTES),
      readWeights(directory),
    ])
    return {
      config,
      preprocessor: readsPictures ? parsePreprocessorConfig(preprocessor ?? {}) : undefined,
      tokenizerJson,
      tokenizerConfig,
      weights,
    }
  } catch (error) {
    failure.abort()
    throw error
  }
}

async function readConfig(directory: Directory, name: string): Promise<unknown> {
  const text = await readText(directory, name, MAX_CONFIG_BYTES)
  return text === undefined ? undefined : parseJson(text, name, 'config')
}
