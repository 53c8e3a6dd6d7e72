/** What a model can do: labs ask for it, whatever the model's type is called. */

import type { ModelInfo } from '../engine/protocol.ts'

export type Capability = 'reads text' | 'predicts tokens' | 'sees pictures'

export function capabilitiesOf({
  modality,
  predictsTokens,
}: Pick<ModelInfo, 'modality' | 'predictsTokens'>): Capability[] {
  const reads: Capability = modality === 'text' ? 'reads text' : 'sees pictures'
  return predictsTokens ? [reads, 'predicts tokens'] : [reads]
}

export function canAll(has: readonly Capability[], needs: readonly Capability[]): boolean {
  return needs.every((need) => has.includes(need))
}
