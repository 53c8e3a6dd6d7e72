/** What a vision run answers: the class by each head that the model brings. */

import { softmax } from '../../../core/logits.ts'
import type { Readout } from '../../../state/readouts.ts'
import type { VisionRun } from './run.ts'

export function visionReadouts({ model, result }: Pick<VisionRun, 'model' | 'result'>): Readout[] {
  return Object.entries(model.info.labels).flatMap(([head, names]): Readout[] => {
    const logits = result.logits[head]
    return logits ? [{ id: head, probabilities: softmax(logits.data), names }] : []
  })
}
