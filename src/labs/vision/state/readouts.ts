/** What a vision run answers: the class by each head that the model brings. */

import { classReadout, type Readout } from '../../../state/readouts.ts'
import type { VisionRun } from './run.ts'

export function visionReadouts({ model: { info }, result }: Pick<VisionRun, 'model' | 'result'>): Readout[] {
  return Object.entries(info.labels).flatMap(([head, names]): Readout[] => {
    const logits = result.logits[head]
    return logits ? [classReadout(head, names, logits.data, info.activations?.[head] ?? 'softmax')] : []
  })
}
