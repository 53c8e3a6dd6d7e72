import { useMemo } from 'react'
import { topK } from '../../../core/logits.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { replace } from '../../../sequence/edit.ts'
import type { Readout } from '../../../state/readouts.ts'
import { BinaryReadout } from '../../../views/readouts/BinaryReadout.tsx'
import { ClassReadout } from '../../../views/readouts/ClassReadout.tsx'
import { type MaskPrediction, MaskPredictions } from '../../../views/readouts/MaskPredictions.tsx'
import { OtherHeads } from '../../../views/readouts/OtherHeads.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { originalText } from '../../shared/tokens.ts'
import { help } from './help/help.ts'
import type { TextMemory } from './state/lab.ts'
import { readoutsOf } from './state/readouts.ts'
import type { MemoryRun } from './state/run.ts'
import { t } from './words/words.ts'

const PREDICTED_WORDS = 5

interface MemoryReadoutsProps {
  lab: TextMemory
  run: MemoryRun
  before: MemoryRun | null
  tokenizer: TokenizerInfo
}

/** The words that are asked for, and the heads; each answer keeps a ghost of what it was. */
export function MemoryReadouts({ lab, run, before, tokenizer }: MemoryReadoutsProps) {
  const answers = useMemo(() => readoutsOf(run, tokenizer.labels), [run, tokenizer])
  const earlier = useMemo(
    () => new Map(before && readoutsOf(before, tokenizer.labels).map((one) => [one.id, one])),
    [before, tokenizer],
  )
  const { labels, otherHeads } = run.model.info
  const heads = answers.filter(({ head }) => head !== 'mlm')
  return (
    <Panel help={help('readouts')} title={t('readouts')} testId="readouts">
      <MaskPredictions
        masks={answers
          .filter(({ head }) => head === 'mlm')
          .flatMap((one) => predictionOf(run, one, earlier.get(one.id)))}
        onChoose={(key, { id, word }) =>
          lab.edit((sequence) => replace(sequence, [Number(key)], { kind: 'word', id, label: word }))
        }
      />
      {heads.map((answer) => (
        <HeadReadout key={answer.id} answer={answer} before={earlier.get(answer.id)} />
      ))}
      {Object.keys(labels)
        .filter((head) => !heads.some((one) => one.head === head))
        .map((head) => (
          <p key={head} className="hint" data-testid="no-memory-to-read">
            {t('readouts.no-memory', { head })}
          </p>
        ))}
      <OtherHeads heads={otherHeads ?? []} />
    </Panel>
  )
}

function HeadReadout({ answer, before }: { answer: Readout; before?: Readout }) {
  const { id, names, scores } = answer
  const title = id === 'sentiment' ? t('readouts.sentiment') : id
  if (names.length !== 2) return <ClassReadout title={title} answer={answer} before={before} />
  const [no, yes] = names as [string, string]
  return (
    <BinaryReadout
      title={title}
      no={no}
      yes={yes}
      probability={scores[1] as number}
      before={before?.scores[1]}
      testId={id}
    />
  )
}

function predictionOf(run: MemoryRun, { key, scores, names }: Readout, before?: Readout): MaskPrediction[] {
  const row = run.tokens.findIndex((token) => token.key === key)
  const token = run.tokens[row]
  if (!token) return []
  const words = topK(scores, PREDICTED_WORDS).map(({ index, value }) => ({
    id: index,
    word: names[index] ?? `#${index}`,
    probability: value,
    before: before?.scores[index],
  }))
  return [{ key: String(key), position: row - run.slots, original: originalText(token), words }]
}
