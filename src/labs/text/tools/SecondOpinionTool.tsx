import { useMemo } from 'react'
import type { NDArray } from '../../../core/shapes.ts'
import type { ModelInfo } from '../../../engine/protocol.ts'
import { formatPercent } from '../../../viz/format.ts'
import { SecondOpinion } from '../../shared/second_opinion/SecondOpinion.tsx'
import { useLab } from '../../shared/useLab.ts'
import { headTitle } from '../comparison.ts'
import { type TextRun, textRequest } from '../state/run.ts'
import { bestSpan, spanText } from '../state/span.ts'
import { t } from '../words/words.ts'
import type { TextToolProps } from './props.ts'

/** The shown run through @huggingface/transformers. */
export default function SecondOpinionTool({ lab, engine, run }: TextToolProps) {
  const { model, tokenizer } = useLab(lab.store)
  const request = useMemo(() => model && textRequest(model, run.doc, 'answers').request, [model, run])
  if (!model || !tokenizer || !request || model.id !== run.doc.model) return null
  // Without `mlmRows` the vocabulary's logits come for every row, as from the other engine.
  const { mlmRows: _, ...input } = request.input
  return (
    <SecondOpinion
      engine={engine}
      model={model}
      run={run}
      request={{ ...request, input }}
      tokens={run.tokens.length}
      names={(head) => namesOf(head, model.info, tokenizer.labels)}
      answer={(head, logits) => (head === 'span' ? answerIn(run, logits) : undefined)}
      title={headTitle}
      rows={(head) => (head === 'mlm' ? run.mlmRows : run.tokens.map((_token, row) => row))}
    />
  )
}

function namesOf(head: string, info: ModelInfo, vocabulary: readonly string[]): readonly string[] | undefined {
  switch (head) {
    case 'mlm':
      return vocabulary
    case 'nsp':
      return [t('readouts.yes'), t('readouts.no')]
    case 'span':
      return undefined // its two numbers a row are no classes
    default:
      return info.labels[head] ?? info.tokenLabels?.[head]
  }
}

/** The stretch of text that these logits point at. */
function answerIn(run: TextRun, span: NDArray): string {
  const logits = { ...run.result.logits, span }
  const answering = { ...run, result: { ...run.result, logits } }
  const best = bestSpan(answering)
  return best ? `${spanText(run, best)} ${formatPercent(best.probability)}` : ''
}
