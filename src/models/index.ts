/** Every model CLSroom runs, by config.json's `model_type`. A new model is a file beside this one and a line here. */

import { z } from 'zod'
import { ClsroomError } from '../core/errors.ts'
import { parseWith, withoutNulls } from '../core/json.ts'
import type { Weights } from '../core/model.ts'
import type { Backend } from '../core/ops.ts'
import { Bert, bertConfig } from './bert.ts'
import { expectSupported, parseConfig } from './config.ts'
import type { Model } from './model.ts'
import { ViT, vitConfig } from './vit.ts'
import { WeightReader } from './weights.ts'

type Build = (config: Record<string, unknown>, weights: WeightReader) => Model

const MODELS: Readonly<Record<string, Build>> = {
  bert: (config, weights) => new Bert(parseConfig(bertConfig, config), weights),
  vit: (config, weights) => new ViT(parseConfig(vitConfig, config), weights),
}

/**
 * A model that is refused leaves nothing on the backend.
 * @param raw the parsed config.json
 * @throws ClsroomError `unsupported` for another model, `config` for a config or weights that do not fit
 */
export function createModel(raw: unknown, weights: Weights, backend: Backend): Model {
  const config = parseWith(z.record(z.string(), z.unknown()), withoutNulls(raw), 'config.json', 'config')
  const modelTypes = Object.keys(MODELS)
  if (config.model_type === undefined) {
    throw new ClsroomError('config', 'config.json does not say what model it describes', {
      found: 'no model_type',
      expected: modelTypes.join(' or '),
      advice: 'Save the model with the transformers library, which writes model_type',
    })
  }
  expectSupported('model_type', config.model_type, modelTypes)
  const reader = new WeightReader(weights, backend)
  try {
    return (MODELS[config.model_type as string] as Build)(config, reader)
  } catch (error) {
    backend.free(reader.tensors)
    throw error
  }
}
