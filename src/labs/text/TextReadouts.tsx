import { useMemo } from 'react'
import { topK } from '../../core/logits.ts'
import type { ModelInfo } from '../../engine/protocol.ts'
import type { TokenizerInfo } from '../../engine/reader_protocol.ts'
import type { Readout } from '../../state/readouts.ts'
import { BinaryReadout } from '../../views/readouts/BinaryReadout.tsx'
import { ClassReadout } from '../../views/readouts/ClassReadout.tsx'
import { type MaskPrediction, MaskPredictions } from '../../views/readouts/MaskPredictions.tsx'
import { NoHeads } from '../../views/readouts/NoHeads.tsx'
import { OtherHeads } from '../../views/readouts/OtherHeads.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { originalText } from '../shared/tokens.ts'
import { headTitle } from './comparison.ts'
import { help } from './help/help.ts'
import { SpanReadout } from './SpanReadout.tsx'
import { hasTwoSegments, PAIR_HEADS, perTokenHeads, readoutsOf } from './state/readouts.ts'
import type { TextRun } from './state/run.ts'
import { TokenLabelsReadout } from './TokenLabelsReadout.tsx'
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
  /** Key of the chosen token. */
  selected: number | null
  onSelect: (key: number) => void
}

/** What the model answers: each [MASK], the next sentence, every classifier it brings, the label of each token. */
export function TextReadouts({ run, before, tokenizer, info, onChoose, selected, onSelect }: TextReadoutsProps) {
  const answers = useMemo(() => readoutsOf(run, info, tokenizer.labels), [run, info, tokenizer])
  const earlier = useMemo(
    () => new Map(before && readoutsOf(before, info, tokenizer.labels).map((one) => [one.id, one])),
    [before, info, tokenizer],
  )
  const masks = useMemo(() => maskPredictions(run, answers, earlier), [run, answers, earlier])
  const pooled = run.tokens[run.pooledRow]
  return (
    <Panel
      help={help('readouts')}
      title={t('readouts')}
      lead={
        pooled && Object.keys(info.labels).length > 0 && t('readouts.lead', { token: pooled.label, row: run.pooledRow })
      }
      testId="readouts"
    >
      {info.predictsTokens && <MaskPredictions masks={masks} onChoose={onChoose} />}
      {answersNothing(info) && <NoHeads />}
      {PAIR_HEADS.filter((head) => info.labels[head] && !hasTwoSegments(run)).map((head) => (
        <section key={head} className="readout" data-testid={head}>
          <h3>{headTitle(head)}</h3>
          <p className="hint">{t('readouts.nsp.one')}</p>
        </section>
      ))}
      {answers
        .filter(({ head, key }) => key === undefined && head !== 'span')
        .map((answer) => (
          <HeadReadout key={answer.id} answer={answer} before={earlier.get(answer.id)} />
        ))}
      {perTokenHeads(info).map((head) => (
        <TokenLabelsReadout key={head} {...{ head, run, answers, earlier, selected, onSelect }} />
      ))}
      {info.tokenLabels?.span && <SpanReadout run={run} answers={answers} earlier={earlier} />}
      <OtherHeads heads={info.otherHeads ?? []} />
    </Panel>
  )
}

function answersNothing({ predictsTokens, labels, tokenLabels, otherHeads }: ModelInfo): boolean {
  return !predictsTokens && [labels, tokenLabels, otherHeads].every((heads) => Object.keys(heads ?? {}).length === 0)
}

function HeadReadout({ answer, before }: { answer: Readout; before?: Readout }) {
  const { id, names, scores, scoring } = answer
  const value = (k: number) => ({ probability: scores[k] as number, before: before?.scores[k] })
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
  if (names.length === 2 && scoring === 'softmax') {
    const [no, yes] = names as [string, string]
    return <BinaryReadout title={headTitle(id)} no={no} yes={yes} {...value(1)} testId={id} />
  }
  return <ClassReadout title={headTitle(id)} answer={answer} before={before} />
}

function maskPredictions(
  run: TextRun,
  answers: readonly Readout[],
  earlier: ReadonlyMap<string, Readout>,
): MaskPrediction[] {
  return answers.flatMap(({ id, head, key, scores, names }): MaskPrediction[] => {
    const row = run.tokens.findIndex((token) => token.key === key)
    const token = run.tokens[row]
    if (!token || head !== 'mlm') return []
    const before = earlier.get(id)
    const words = topK(scores, PREDICTED_WORDS).map(({ index, value }) => ({
      id: index,
      word: names[index] ?? `#${index}`,
      probability: value,
      before: before?.scores[index],
    }))
    return [{ key: String(key), position: row, original: originalText(token), words }]
  })
}
