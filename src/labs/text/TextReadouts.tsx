import { useMemo } from 'react'
import { softmax, topK } from '../../core/logits.ts'
import type { ModelInfo } from '../../engine/protocol.ts'
import type { TokenizerInfo } from '../../engine/reader_protocol.ts'
import { BinaryReadout } from '../../views/readouts/BinaryReadout.tsx'
import { type MaskPrediction, MaskPredictions } from '../../views/readouts/MaskPredictions.tsx'
import { NoHeads } from '../../views/readouts/NoHeads.tsx'
import { ProbabilityBars } from '../../views/readouts/ProbabilityBars.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { originalText } from '../shared/tokens.ts'
import type { TextRun } from './state/lab.ts'

const PREDICTED_WORDS = 5

export interface TextReadoutsProps {
  run: TextRun
  tokenizer: TokenizerInfo
  /** Of the model that ran. */
  info: ModelInfo
  onChoose: (key: string, choice: { id: number; word: string }) => void
}

/** What the model answers: each [MASK], the next sentence, and every classifier it brings. */
export function TextReadouts({ run, tokenizer, info, onChoose }: TextReadoutsProps) {
  const masks = useMemo(() => maskPredictions(run, tokenizer), [run, tokenizer])
  const pooled = run.tokens[run.pooledRow]
  return (
    <Panel
      title="Read-outs"
      lead={pooled && `Sentence-level answers are read from ${pooled.label}, row ${run.pooledRow}.`}
      testId="readouts"
    >
      {info.predictsTokens && <MaskPredictions masks={masks} onChoose={onChoose} />}
      {!info.predictsTokens && Object.keys(info.labels).length === 0 && <NoHeads />}
      {Object.entries(info.labels).map(([head, names]) => {
        const logits = run.result.logits[head]
        if (!logits) return null
        const probabilities = softmax(logits.data)
        return <HeadReadout key={head} head={head} names={names} probabilities={probabilities} />
      })}
    </Panel>
  )
}

function HeadReadout({ head, names, probabilities }: { head: string; names: string[]; probabilities: Float64Array }) {
  if (head === 'nsp') {
    // Class 0 is "the second segment follows the first" (BertForPreTraining's seq_relationship).
    return (
      <BinaryReadout title="Does B follow A?" no="no" yes="yes" probability={probabilities[0] as number} testId="nsp" />
    )
  }
  if (names.length === 2) {
    const [no, yes] = names as [string, string]
    const title = head.charAt(0).toUpperCase() + head.slice(1)
    return <BinaryReadout title={title} no={no} yes={yes} probability={probabilities[1] as number} testId={head} />
  }
  const items = names.map((label, k) => ({ label, probability: probabilities[k] as number }))
  return <ProbabilityBars title={head} items={items} />
}

function maskPredictions(run: TextRun, { labels }: TokenizerInfo): MaskPrediction[] {
  const mlm = run.result.logits.mlm
  if (!mlm) return []
  const V = mlm.dims.at(-1) as number
  return run.mlmRows.flatMap((row, m) => {
    const token = run.tokens[row]
    if (token?.kind !== 'mask') return []
    const best = topK(softmax(mlm.data, m * V, V), PREDICTED_WORDS)
    const words = best.map(({ index, value }) => ({
      id: index,
      word: labels[index] ?? `#${index}`,
      probability: value,
    }))
    return [{ key: String(token.key), position: row, original: originalText(token), words }]
  })
}
