import { SecondOpinion } from '../../shared/second_opinion/SecondOpinion.tsx'
import { headTitle } from '../comparison.ts'
import { visionRequest } from '../state/run.ts'
import type { VisionToolProps } from './props.ts'

/** The shown run through @huggingface/transformers. */
export default function SecondOpinionTool({ engine, run }: VisionToolProps) {
  const { model, doc } = run
  const request = visionRequest(model, doc, run, { attentions: false, hiddenStates: false })
  return (
    <SecondOpinion
      engine={engine}
      model={model}
      run={run}
      request={request}
      tokens={run.tokens.length}
      names={(head) => model.info.labels[head]}
      title={headTitle}
      rows={() => []}
    />
  )
}
