/** Every model CLSroom runs, by config.json's `model_type`. A new model is a file beside this one and a line here. */

import { ClsroomError } from '../core/errors.ts'
import type { Weights } from '../core/model.ts'
import type { Backend } from '../core/ops.ts'
import { Bert, bertConfig } from './bert.ts'
import { parseConfig } from './config.ts'
import type { Model } from './model.ts'
import { ViT, vitConfig } from './vit.ts'

type Build = (config: unknown, weights: Weights, backend: Backend) => Model

const MODELS: Record<string, Build> = {
  bert: (config, weights, backend) => new Bert(parseConfig(bertConfig, config), weights, backend),
  vit: (config, weights, backend) => new ViT(parseConfig(vitConfig, config), weights, backend),
}

/** @throws ClsroomError `unsupported` for another model_type, `config` for a config or weights that do not fit */
export function createModel(config: unknown, weights: Weights, backend: Backend): Model {
  const modelType = (config as { model_type?: unknown } | null)?.model_type
  const build = typeof modelType === 'string' && Object.hasOwn(MODELS, modelType) ? MODELS[modelType] : undefined
  if (!build) {
    throw new ClsroomError('unsupported', 'CLSroom does not run this kind of model', {
      found: `model_type ${JSON.stringify(modelType)}`,
      expected: Object.keys(MODELS).join(' or '),
    })
  }
  return build(config, weights, backend)
}
