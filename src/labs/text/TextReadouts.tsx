import { useMemo } from 'react'
import { topK } from '../../core/logits.ts'
import type { ModelInfo } from '../../engine/protocol.ts'
import type { TokenizerInfo } from '../../engine/reader_protocol.ts'
import type { Readout } from '../../state/readouts.ts'
import { BinaryReadout } from '../../views/readouts/BinaryReadout.tsx'
import { type MaskPrediction, MaskPredictions } from '../../views/readouts/MaskPredictions.tsx'
import { NoHeads } from '../../views/readouts/NoHeads.tsx'
import { ProbabilityBars } from '../../views/readouts/ProbabilityBars.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { originalText } from '../shared/tokens.ts'
import { hasTwoSegments, readoutsOf } from './state/readouts.ts'
import type { TextRun } from './state/run.ts'
import { t } from './words/words.ts'

const PREDICTED_WORDS = 5

export interface TextReadoutsProps {
  run: TextRun
  /** The run before the last edit: each answer keeps a ghost of what it was. */
  before: TextRun | null
  tokenizer: TokenizerInfo
  /** Of the model that ran. */
  info: ModelInfo
  onChoose: (key: string, choice: { id: number; word: string }) => void
}

/** What the model answers: each [MASK], the next sentence, and every classifier it brings. */
export function TextReadouts({ run, before, tokenizer, info, onChoose }: TextReadoutsProps) {
  const answers = useMemo(() => readoutsOf(run, info.labels, tokenizer.labels), [run, info, tokenizer])
  const earlier = useMemo(
    () => new Map(before && readoutsOf(before, info.labels, tokenizer.labels).map((one) => [one.id, one])),
    [before, info, tokenizer],
  )
  const masks = useMemo(() => maskPredictions(run, answers, earlier), [run, answers, earlier])
  const pooled = run.tokens[run.pooledRow]
  return (
    <Panel
      title={t('readouts')}
      lead={pooled && t('readouts.lead', { token: pooled.label, row: run.pooledRow })}
      testId="readouts"
    >
      {info.predictsTokens && <MaskPredictions masks={masks} onChoose={onChoose} />}
      {!info.predictsTokens && Object.keys(info.labels).length === 0 && <NoHeads />}
      {info.labels.nsp && !hasTwoSegments(run) && (
        <section className="readout" data-testid="nsp">
          <h3>{t('readouts.nsp')}</h3>
          <p className="hint">{t('readouts.nsp.one')}</p>
        </section>
      )}
      {answers
        .filter(({ key }) => key === undefined)
        .map((answer) => (
          <HeadReadout key={answer.id} answer={answer} before={earlier.get(answer.id)} />
        ))}
    </Panel>
  )
}

function HeadReadout({ answer, before }: { answer: Readout; before?: Readout }) {
  const { id, names, probabilities } = answer
  const value = (k: number) => ({ probability: probabilities[k] as number, before: before?.probabilities[k] })
  if (id === 'nsp') {
    // Class 0 is "the second segment follows the first" (BertForPreTraining's seq_relationship).
    return (
      <BinaryReadout
        title={t('readouts.nsp')}
        no={t('readouts.no')}
        yes={t('readouts.yes')}
        {...value(0)}
        testId="nsp"
      />
    )
  }
  if (names.length === 2) {
    const [no, yes] = names as [string, string]
    const title = id === 'sentiment' ? t('readouts.sentiment') : id.charAt(0).toUpperCase() + id.slice(1)
    return <BinaryReadout title={title} no={no} yes={yes} {...value(1)} testId={id} />
  }
  return <ProbabilityBars title={id} items={names.map((label, k) => ({ label, ...value(k) }))} />
}

function maskPredictions(
  run: TextRun,
  answers: readonly Readout[],
  earlier: ReadonlyMap<string, Readout>,
): MaskPrediction[] {
  return answers.flatMap(({ id, key, probabilities, names }): MaskPrediction[] => {
    const row = run.tokens.findIndex((token) => token.key === key)
    const token = run.tokens[row]
    if (!token) return []
    const before = earlier.get(id)
    const words = topK(probabilities, PREDICTED_WORDS).map(({ index, value }) => ({
      id: index,
      word: names[index] ?? `#${index}`,
      probability: value,
      before: before?.probabilities[index],
    }))
    return [{ key: String(key), position: row, original: originalText(token), words }]
  })
}
