/** What a text run answers: each [MASK], the next sentence, every classifier. */

import { softmax } from '../../../core/logits.ts'
import { isContent, type Token } from '../../../sequence/token.ts'
import type { Readout } from '../../../state/readouts.ts'
import type { TextRun } from './run.ts'

/** Whether there is a second segment that could follow the first. */
export function hasTwoSegments({ tokens, segments }: Pick<TextRun, 'tokens' | 'segments'>): boolean {
  const words = new Set(segments.filter((_, row) => isContent(tokens[row] as Token)))
  return words.size > 1
}

/**
 * Every read-out of a run: its [MASK]s in order, then the heads.
 * @param labels class names by head (ModelInfo.labels)
 * @param vocabulary the spelling of every word piece
 */
export function readoutsOf(
  run: TextRun,
  labels: Readonly<Record<string, readonly string[]>>,
  vocabulary: readonly string[],
): Readout[] {
  const { mlm } = run.result.logits
  const V = mlm?.dims.at(-1) ?? 0
  const masks = run.mlmRows.flatMap((row, m): Readout[] => {
    const token = run.tokens[row]
    if (!mlm || token?.kind !== 'mask') return []
    const probabilities = softmax(mlm.data, m * V, V)
    return [{ id: `mask ${token.key}`, key: token.key, probabilities, names: vocabulary }]
  })
  const heads = Object.entries(labels).flatMap(([head, names]): Readout[] => {
    const logits = run.result.logits[head]
    if (head === 'nsp' && !hasTwoSegments(run)) return []
    return logits ? [{ id: head, probabilities: softmax(logits.data), names }] : []
  })
  return [...masks, ...heads]
}
