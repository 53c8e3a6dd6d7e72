import { useMemo } from 'react'
import { topK } from '../../core/logits.ts'
import type { TokenizerInfo } from '../../engine/reader_protocol.ts'
import { distanceOf, type Readout } from '../../state/readouts.ts'
import { ClassReadout } from '../../views/readouts/ClassReadout.tsx'
import { MaskPredictions } from '../../views/readouts/MaskPredictions.tsx'
import { ProbabilityBars } from '../../views/readouts/ProbabilityBars.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { formatPercent, formatValue } from '../../viz/format.ts'
import { decimal } from '../../words/numbers.ts'
import { originalText } from '../shared/tokens.ts'
import { headTitle } from './head_title.ts'
import { help } from './help/help.ts'
import { type Changes, changesOf, readoutsOf } from './state/answers.ts'
import type { MasksRun } from './state/run.ts'
import { t } from './words/words.ts'

const PREDICTED_WORDS = 5
const ROWS = 5

export interface MasksReadoutsProps {
  run: MasksRun
  /** The run before the last edit: each answer keeps a ghost of what it was. */
  before: MasksRun | null
  tokenizer: TokenizerInfo
  onSelect: (key: number) => void
}

/** What the model answers through the mask, and how every answer changed with the last edit. */
export function MasksReadouts({ run, before, tokenizer, onSelect }: MasksReadoutsProps) {
  const words = tokenizer.readable ?? tokenizer.labels
  const answers = useMemo(() => readoutsOf(run, words), [run, words])
  const earlier = useMemo(
    () => new Map(before ? readoutsOf(before, words).map((one) => [one.id, one]) : []),
    [before, words],
  )
  const changes = useMemo(() => changesOf(before, run), [before, run])
  return (
    <Panel help={help('readouts')} title={t('readouts')} testId="readouts">
      <ChangedRows changes={changes} run={run} words={words} onSelect={onSelect} />
      {answers.map((answer) => (
        <Answer key={answer.id} answer={answer} before={earlier.get(answer.id)} run={run} />
      ))}
    </Panel>
  )
}

/** How far each token's answer moved, the furthest first. */
function ChangedRows({
  changes,
  run,
  words,
  onSelect,
}: {
  changes: Changes | null
  run: MasksRun
  words: readonly string[]
  onSelect: (key: number) => void
}) {
  if (!changes) return <p className="hint">{t('changed.none-yet')}</p>
  const { rows, same, hidden } = changes
  const logit = rows.reduce((most, row) => Math.max(most, row.logit), 0)
  return (
    <section className="readout" data-testid="changed">
      <h3>{t('changed')}</h3>
      <p className="hint" data-testid="changed-facts">
        {t('changed.facts', {
          logit: formatValue(logit),
          hidden: formatValue(hidden),
          moved: rows.length,
          same,
        })}
      </p>
      {rows.length > 0 && (
        <table className="table changed-rows">
          <caption className="sr-only">{t('changed.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('changed.token')}</th>
              <th scope="col">{t('changed.word')}</th>
              <th scope="col">{t('changed.bits')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, ROWS).map(({ key, row, divergence, was, is }) => (
              <tr key={key}>
                <th scope="row">
                  <button type="button" className="link" onClick={() => onSelect(key)}>
                    {run.tokens[row]?.label}
                  </button>
                </th>
                <td>{was === is ? words[is] : t('changed.words', { was: words[was] ?? '', is: words[is] ?? '' })}</td>
                <td className="mono">{decimal(divergence, 3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Answer({ answer, before, run }: { answer: Readout; before: Readout | undefined; run: MasksRun }) {
  const changed = before && (
    <p className="hint" data-testid={`moved-${answer.id}`}>
      {t('answer.moved', {
        distance:
          answer.scoring === 'none'
            ? formatValue(distanceOf(before, answer))
            : formatPercent(distanceOf(before, answer)),
      })}
    </p>
  )
  if (answer.head === 'mlm') {
    const row = run.tokens.findIndex(({ key }) => key === answer.key)
    const token = run.tokens[row]
    return (
      <>
        <MaskPredictions
          masks={[
            {
              key: String(answer.key),
              position: row,
              original: token && originalText(token),
              words: best(answer, before),
            },
          ]}
        />
        {changed}
      </>
    )
  }
  if (answer.head === 'next') {
    return (
      <>
        <ProbabilityBars
          title={t('answer.next', { token: run.tokens.find(({ key }) => key === answer.key)?.label ?? '' })}
          items={best(answer, before, answer.names.length).map(({ word, ...rest }) => ({ label: word, ...rest }))}
        />
        {changed}
      </>
    )
  }
  return (
    <>
      <ClassReadout title={headTitle(answer.head)} answer={answer} before={before} />
      {changed}
    </>
  )
}

function best({ scores, names }: Readout, before: Readout | undefined, count = PREDICTED_WORDS) {
  return topK(scores, count).map(({ index, value }) => ({
    id: index,
    word: names[index] ?? `#${index}`,
    probability: value,
    before: before?.scores[index],
  }))
}
