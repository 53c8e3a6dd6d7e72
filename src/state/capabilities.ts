/** What a model can do: labs ask for it, whatever the model's type is called. */

import { ClsroomError } from '../core/errors.ts'
import type { LoadedModel, ModelInfo, ModelReference } from '../engine/protocol.ts'
import type { Engine } from './engine.ts'

/**
 * Who `reads text` reads all of it at once, as encoders do; a causal decoder `continues text`, an encoder–decoder `rewrites text`. Who
 * `answers tasks` has class tokens with a name and a task each.
 */
export type Capability =
  | 'reads text'
  | 'predicts tokens'
  | 'continues text'
  | 'rewrites text'
  | 'sees pictures'
  | 'answers tasks'
  | 'reconstructs pictures'
  | 'detects objects'
  | 'keeps memory'
  | 'hears sounds'
  | 'matches texts and pictures'

type Known = Pick<
  ModelInfo,
  | 'modality'
  | 'predictsTokens'
  | 'causal'
  | 'decoder'
  | 'generates'
  | 'image'
  | 'reconstructs'
  | 'detects'
  | 'memory'
  | 'taskMemory'
>

export function capabilitiesOf(info: Known): Capability[] {
  // Its rows are not those of a text or a picture alone: labs that show these would name them wrongly.
  if (info.memory || info.taskMemory) return ['keeps memory']
  switch (info.modality) {
    case 'text':
      return textCapabilities(info)
    case 'image':
      if (detects(info)) return info.detects ? ['detects objects'] : []
      if (info.image?.classNames) return ['answers tasks']
      return info.reconstructs ? ['sees pictures', 'reconstructs pictures'] : ['sees pictures']
    case 'audio':
      return ['hears sounds']
    case 'pair':
      return ['matches texts and pictures']
  }
}

function textCapabilities({ causal, decoder, predictsTokens, generates }: Known): Capability[] {
  const can: Capability[] = []
  if (!causal && !decoder) can.push('reads text')
  if (predictsTokens) can.push('predicts tokens')
  if (generates) can.push(decoder ? 'rewrites text' : 'continues text')
  return can
}

/** Its queries stand behind the patches, or in a decoder: not the sequence of class tokens, registers and patches. */
function detects({ image }: Pick<ModelInfo, 'image'>): boolean {
  return image?.detections !== undefined || image?.partialPatches === true
}

export function canAll(has: readonly Capability[], needs: readonly Capability[]): boolean {
  return needs.every((need) => has.includes(need))
}

/**
 * The model of a link to a lab.
 * @throws ClsroomError `unsupported` where it cannot do what the lab needs; nothing of it stays then
 */
export async function loadFor(
  engine: Engine,
  needs: readonly Capability[],
  reference: ModelReference,
): Promise<LoadedModel> {
  const known = engine.store.getState().models
  const model = await engine.load(reference)
  if (canAll(capabilitiesOf(model.info), needs)) return model
  if (!(model.id in known)) await engine.unload(model.id)
  throw unfit('This lab has no use for the model', model.info)
}

/** @param what whom it does not serve */
export function unfit(what: string, info: ModelInfo): ClsroomError {
  return new ClsroomError('unsupported', what, {
    found: kindOf(info),
    expected: 'an encoder of the kind that the lab shows',
    advice: 'Choose another model, or call forward and generate of window.clsroom with this one',
  })
}

function kindOf({ modelType, modality, decoder, causal, image, taskMemory }: ModelInfo): string {
  if (taskMemory) return `${modelType}, an encoder with learnable memory for tasks`
  if (modality === 'pair') return `${modelType}, a pair of towers for texts and pictures`
  if (modality === 'audio') return `${modelType}, a listener to sounds`
  if (detects({ image })) return `${modelType}, a detector of objects`
  if (modality === 'text' && decoder) return `${modelType}, an encoder–decoder`
  return causal ? `${modelType}, a causal decoder` : `${modelType}, an encoder`
}
