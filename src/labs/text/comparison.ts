/** Runs side by side as a table of answers. */

import type { ModelInfo } from '../../engine/protocol.ts'
import type { TokenizerInfo } from '../../engine/reader_protocol.ts'
import type { Readout } from '../../state/readouts.ts'
import type { ReadoutComparisonProps } from '../../views/readouts/ReadoutComparison.tsx'
import { compareAnswers } from '../shared/compare_answers.ts'
import { originalText } from '../shared/tokens.ts'
import { readoutsOf } from './state/readouts.ts'
import type { TextRun } from './state/run.ts'
import { t } from './words/words.ts'

interface Names {
  /** Of the model that ran. */
  info: ModelInfo
  tokenizer: TokenizerInfo
}

/**
 * @param first the run that the others are compared with
 * @param others one a column: null has no run (it failed), undefined is still computed
 */
export function compareReadouts(
  first: TextRun,
  others: readonly (TextRun | null | undefined)[],
  { info, tokenizer }: Names,
): ReadoutComparisonProps['rows'] {
  const readouts = (run: TextRun) => readoutsOf(run, info, tokenizer.labels).map(asShown)
  return compareAnswers(
    readouts(first),
    others.map((run) => run && readouts(run)),
    (readout) => readoutTitle(readout, first),
  )
}

/** A question is answered as in the read-outs: class 0 of nsp says that the second segment follows. */
function asShown(readout: Readout): Readout {
  return readout.id === 'nsp' ? { ...readout, names: [t('readouts.yes'), t('readouts.no')] } : readout
}

/** "[MASK] @3, was movie", "Does B follow A?", "Sentiment", "movie in row 2". */
export function readoutTitle({ id, head, key }: Pick<Readout, 'id' | 'head' | 'key'>, run: TextRun): string {
  if (key !== undefined) {
    const row = run.tokens.findIndex((token) => token.key === key)
    const token = run.tokens[row]
    if (head !== 'mlm') return t('answer.token', { token: token?.label ?? '', row })
    const was = token && originalText(token)
    return was === undefined ? t('answer.mask', { row }) : t('answer.mask.was', { row, word: was })
  }
  return headTitle(id)
}

/** The question that a head answers. */
export function headTitle(head: string): string {
  switch (head) {
    case 'nsp':
    case 'sentiment':
    case 'span':
    case 'sop':
    case 'tokens':
    case 'replaced':
      return t(`readouts.${head}`)
    case 'span start':
      return t('readouts.span.start')
    case 'span end':
      return t('readouts.span.end')
    default:
      return head.charAt(0).toUpperCase() + head.slice(1)
  }
}
