import { useMemo } from 'react'
import { SecondOpinion } from '../../shared/second_opinion/SecondOpinion.tsx'
import { useLab } from '../../shared/useLab.ts'
import { headTitle } from '../comparison.ts'
import { textRequest } from '../state/run.ts'
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
      names={(head) =>
        head === 'mlm'
          ? tokenizer.labels
          : head === 'nsp'
            ? [t('readouts.yes'), t('readouts.no')]
            : (model.info.labels[head] ?? model.info.tokenLabels?.[head])
      }
      title={headTitle}
      rows={(head) => (head === 'mlm' ? run.mlmRows : run.tokens.map((_token, row) => row))}
    />
  )
}
