/** Every model CLSroom runs, by config.json's `model_type`. A new model is a file beside this one and a line here. */

import { z } from 'zod'
import { ClsroomError } from '../core/errors.ts'
import { fetchPart } from '../core/fetch_part.ts'
import { parseWith, withoutNulls } from '../core/json.ts'
import type { Weights } from '../core/model.ts'
import type { Backend } from '../core/ops.ts'
import { expectSupported, parseConfig, type Supported } from './config.ts'
import type { Model } from './model.ts'
import { WeightReader } from './weights.ts'

type Build = (weights: WeightReader) => Model

/** A model's config.json, checked; what it gives builds the model. */
type Reader = (config: Record<string, unknown>) => Build

function reads<Config>(
  schema: z.ZodType<Config>,
  build: (config: Config, weights: WeightReader) => Model,
  supported?: Supported,
): Reader {
  return (raw) => {
    const config = parseConfig(schema, raw, supported)
    return (weights) => build(config, weights)
  }
}

/** A model file is fetched when a checkpoint asks for it. */
const roberta = () => fetchPart(() => import('./roberta.ts')).then((m) => reads(m.robertaConfig, m.roberta))
const dinov2 = () => fetchPart(() => import('./dinov2.ts')).then((m) => reads(m.dinov2Config, m.dinov2))
const MODELS: Readonly<Record<string, () => Promise<Reader>>> = {
  albert: () => fetchPart(() => import('./albert.ts')).then((m) => reads(m.albertConfig, m.albert)),
  'audio-spectrogram-transformer': () =>
    fetchPart(() => import('./audio_spectrogram_transformer.ts')).then((m) =>
      reads(m.astConfig, m.audioSpectrogramTransformer),
    ),
  bert: () => fetchPart(() => import('./bert.ts')).then((m) => reads(m.bertConfig, m.bert)),
  clip: () => fetchPart(() => import('./clip.ts')).then((m) => reads(m.clipConfig, m.clip)),
  deit: () => fetchPart(() => import('./deit.ts')).then((m) => reads(m.deitConfig, m.deit)),
  detr: () => fetchPart(() => import('./detr.ts')).then((m) => reads(m.detrConfig, m.detr, m.DETR_SUPPORTED)),
  dinov2,
  dinov2_with_registers: dinov2,
  distilbert: () => fetchPart(() => import('./distilbert.ts')).then((m) => reads(m.distilbertConfig, m.distilbert)),
  electra: () => fetchPart(() => import('./electra.ts')).then((m) => reads(m.electraConfig, m.electra)),
  modernbert: () => fetchPart(() => import('./modernbert.ts')).then((m) => reads(m.modernbertConfig, m.modernbert)),
  roberta,
  vit_mae: () => fetchPart(() => import('./vit_mae.ts')).then((m) => reads(m.vitMaeConfig, m.vitMae)),
  vit: () => fetchPart(() => import('./vit.ts')).then((m) => reads(m.vitConfig, m.vit)),
  'xlm-roberta': roberta,
  // Types of this project's own.
  clsroom_vidt: () => fetchPart(() => import('./clsroom_vidt.ts')).then((m) => reads(m.vidtConfig, m.vidt)),
  clsroom_memory: () =>
    fetchPart(() => import('./clsroom_memory.ts')).then((m) => reads(m.memoryConfig, m.memoryTransformer)),
  clsroom_vit_tasks: () =>
    fetchPart(() => import('./clsroom_vit_tasks.ts')).then((m) => reads(m.vitTasksConfig, m.vitTasks)),
  clsroom_vit_memory: () =>
    fetchPart(() => import('./clsroom_vit_memory.ts')).then((m) => reads(m.vitMemoryConfig, m.vitMemory)),
  // Models that write.
  gpt2: () => fetchPart(() => import('./gpt2.ts')).then((m) => reads(m.gpt2Config, m.gpt2)),
  llama: () => fetchPart(() => import('./llama.ts')).then((m) => reads(m.llamaConfig, m.llama)),
  t5: () => fetchPart(() => import('./t5.ts')).then((m) => reads(m.t5Config, m.t5)),
  yolos: () => fetchPart(() => import('./yolos.ts')).then((m) => reads(m.yolosConfig, m.yolos)),
}

/**
 * Decides by config.json alone whether its model runs here: asked before any weight is.
 * @param raw the parsed config.json
 * @returns what builds the model on a backend; a model that is refused there leaves nothing on it
 * @throws ClsroomError `unsupported` for another model, `config` for a config, and then for weights, that do not fit
 */
export async function modelBuilder(raw: unknown): Promise<(weights: Weights, backend: Backend) => Model> {
  const build = await buildOf(raw)
  return (weights, backend) => {
    const reader = new WeightReader(weights, backend)
    try {
      return build(reader)
    } catch (error) {
      backend.free(reader.tensors)
      throw error
    }
  }
}

/** What builds the model of a config.json from its weights. @throws as `modelBuilder` */
export async function buildOf(raw: unknown): Promise<Build> {
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
  const reader = await (MODELS[config.model_type as string] as () => Promise<Reader>)()
  return reader(config)
}
