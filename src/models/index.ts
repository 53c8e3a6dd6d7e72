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

type Build = (weights: WeightReader) => Model

/** A model's config.json, checked; what it gives builds the model. */
const MODELS: Readonly<Record<string, (config: Record<string, unknown>) => Build>> = {
  bert: (raw) => {
    const config = parseConfig(bertConfig, raw)
    return (weights) => new Bert(config, weights)
  },
  vit: (raw) => {
    const config = parseConfig(vitConfig, raw)
    return (weights) => new ViT(config, weights)
  },
}

/**
 * Whether config.json describes a model that CLSroom runs: asked before its weights are.
 * @param raw the parsed config.json
 * @throws ClsroomError `unsupported` for another model, `config` for a config that does not fit
 */
export function expectRunnable(raw: unknown): void {
  builderOf(raw)
}

/**
 * A model that is refused leaves nothing on the backend.
 * @param raw the parsed config.json
 * @throws ClsroomError `unsupported` for another model, `config` for a config or weights that do not fit
 */
export function createModel(raw: unknown, weights: Weights, backend: Backend): Model {
  const build = builderOf(raw)
  const reader = new WeightReader(weights, backend)
  try {
    return build(reader)
  } catch (error) {
    backend.free(reader.tensors)
    throw error
  }
}

function builderOf(raw: unknown): Build {
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
  return (MODELS[config.model_type as string] as (config: Record<string, unknown>) => Build)(config)
}
