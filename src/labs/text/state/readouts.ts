/** What a text run answers: each [MASK], the next sentence, every classifier, the label of each token, where an answer stands. */

import { softmax } from '../../../core/logits.ts'
import type { ModelInfo } from '../../../engine/protocol.ts'
import { isContent, type Token } from '../../../sequence/token.ts'
import { classReadout, type Readout } from '../../../state/readouts.ts'
import type { TextRun } from './run.ts'
import { spanReadouts } from './span.ts'

/** Whether there is a second segment that could follow the first. */
export function hasTwoSegments({ tokens, segments }: Pick<TextRun, 'tokens' | 'segments'>): boolean {
  const words = new Set(segments.filter((_, row) => isContent(tokens[row] as Token)))
  return words.size > 1
}

/**
 * Every read-out of a run: its [MASK]s in order, the heads that answer once, those that label each token, and the answer to a question.
 * @param info of the model that ran
 * @param vocabulary the spelling of every word piece
 */
export function readoutsOf(
  run: TextRun,
  info: Pick<ModelInfo, 'labels' | 'tokenLabels' | 'activations'>,
  vocabulary: readonly string[],
): Readout[] {
  const { mlm, tokens } = run.result.logits
  const V = mlm?.dims.at(-1) ?? 0
  const masks = run.mlmRows.flatMap((row, m): Readout[] => {
    const token = run.tokens[row]
    if (!mlm || token?.kind !== 'mask') return []
    const scores = softmax(mlm.data, m * V, V)
    return [{ id: `mask ${token.key}`, head: 'mlm', key: token.key, scoring: 'softmax', scores, names: vocabulary }]
  })
  const heads = Object.entries(info.labels).flatMap(([head, names]): Readout[] => {
    const logits = run.result.logits[head]
    if (head === 'nsp' && !hasTwoSegments(run)) return []
    return logits ? [classReadout(head, names, logits.data, info.activations?.[head] ?? 'softmax')] : []
  })
  const names = info.tokenLabels?.tokens ?? []
  const labels = run.tokens.flatMap(({ key }, row): Readout[] => {
    if (!tokens || names.length === 0) return []
    const scores = softmax(tokens.data, row * names.length, names.length)
    return [{ id: `tokens ${key}`, head: 'tokens', key, scoring: 'softmax', scores, names }]
  })
  return [...masks, ...heads, ...labels, ...(info.tokenLabels?.span ? spanReadouts(run) : [])]
}
