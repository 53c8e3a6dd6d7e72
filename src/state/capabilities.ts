/** What a model can do: labs ask for it, whatever the model's type is called. */

import { ClsroomError } from '../core/errors.ts'
import type { LoadedModel, ModelInfo, ModelReference } from '../engine/protocol.ts'
import type { Engine } from './engine.ts'

/** Who `reads text` reads all of it at once, as encoders do; who `generates` writes it on. */
export type Capability = 'reads text' | 'predicts tokens' | 'sees pictures' | 'generates'

export function capabilitiesOf({
  modality,
  predictsTokens,
  causal,
  decoder,
  generates,
}: Pick<ModelInfo, 'modality' | 'predictsTokens' | 'causal' | 'decoder' | 'generates'>): Capability[] {
  const can: Capability[] = []
  if (modality === 'image') can.push('sees pictures')
  else if (!causal && !decoder) can.push('reads text')
  if (predictsTokens) can.push('predicts tokens')
  if (generates) can.push('generates')
  return can
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
export function unfit(what: string, { modelType, decoder, causal }: ModelInfo): ClsroomError {
  const found = decoder
    ? `${modelType}, an encoder–decoder`
    : causal
      ? `${modelType}, a causal decoder`
      : `${modelType}, an encoder`
  return new ClsroomError('unsupported', what, {
    found,
    expected: 'an encoder of the kind that the lab shows',
    advice: 'Choose another model, or call forward and generate of window.clsroom with this one',
  })
}
