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

/** Heads that answer for two segments: whether the second follows, whether they are in order. */
export const PAIR_HEADS: readonly string[] = ['nsp', 'sop']

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
  const { mlm } = run.result.logits
  const V = mlm?.dims.at(-1) ?? 0
  const masks = run.mlmRows.flatMap((row, m): Readout[] => {
    const token = run.tokens[row]
    if (!mlm || token?.kind !== 'mask') return []
    const scores = softmax(mlm.data, m * V, V)
    return [{ id: `mask ${token.key}`, head: 'mlm', key: token.key, scoring: 'softmax', scores, names: vocabulary }]
  })
  const heads = Object.entries(info.labels).flatMap(([head, names]): Readout[] => {
    const logits = run.result.logits[head]
    if (PAIR_HEADS.includes(head) && !hasTwoSegments(run)) return []
    return logits ? [classReadout(head, names, logits.data, info.activations?.[head] ?? 'softmax')] : []
  })
  const labels = perTokenHeads(info).flatMap((head) => tokenReadouts(run, head, info.tokenLabels?.[head] ?? []))
  return [...masks, ...heads, ...labels, ...(info.tokenLabels?.span ? spanReadouts(run) : [])]
}

/** The heads that give every token a label; the answer to a question is none of them. */
export function perTokenHeads({ tokenLabels }: Pick<ModelInfo, 'tokenLabels'>): string[] {
  return Object.keys(tokenLabels ?? {}).filter((head) => head !== 'span')
}

function tokenReadouts(run: TextRun, head: string, names: readonly string[]): Readout[] {
  const logits = run.result.logits[head]?.data
  if (!logits) return []
  return run.tokens.map(({ key }, row): Readout => {
    const common = { id: `${head} ${key}`, head, key, scoring: 'softmax' as const }
    if (names.length > 1) return { ...common, names, scores: softmax(logits, row * names.length, names.length) }
    // One logit is for a label against its absence: a softmax over 0 and it.
    return { ...common, names: [`not ${names[0]}`, names[0] as string], scores: softmax([0, logits[row] as number]) }
  })
}
