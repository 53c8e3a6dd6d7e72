/** What a model can do: labs ask for it, whatever the model's type is called. */

import type { ModelInfo } from '../engine/protocol.ts'

export type Capability =
  | 'reads text'
  | 'predicts tokens'
  | 'sees pictures'
  | 'reconstructs pictures'
  | 'detects objects'
  | 'hears sounds'
  | 'matches texts and pictures'

export function capabilitiesOf(
  info: Pick<ModelInfo, 'modality' | 'predictsTokens' | 'image' | 'reconstructs'>,
): Capability[] {
  switch (info.modality) {
    case 'text':
      return info.predictsTokens ? ['reads text', 'predicts tokens'] : ['reads text']
    case 'image':
      // Queries stand behind the patches, or in a decoder: not the sequence of class tokens, registers and patches.
      if (info.image?.detections || info.image?.partialPatches) return ['detects objects']
      return info.reconstructs ? ['sees pictures', 'reconstructs pictures'] : ['sees pictures']
    case 'audio':
      return ['hears sounds']
    case 'pair':
      return ['matches texts and pictures']
  }
}

export function canAll(has: readonly Capability[], needs: readonly Capability[]): boolean {
  return needs.every((need) => has.includes(need))
}
