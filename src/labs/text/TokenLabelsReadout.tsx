import { bestOf, type Readout } from '../../state/readouts.ts'
import { ClassReadout } from '../../views/readouts/ClassReadout.tsx'
import { type LabelledToken, TokenLabels } from '../../views/readouts/TokenLabels.tsx'
import { headTitle } from './comparison.ts'
import type { TextRun } from './state/run.ts'
import { t } from './words/words.ts'

export interface TokenLabelsReadoutProps {
  /** Its name in `tokenLabels`. */
  head: string
  run: TextRun
  answers: readonly Readout[]
  /** The answers before the last edit, by id. */
  earlier: ReadonlyMap<string, Readout>
  /** Key of the chosen token. */
  selected: number | null
  onSelect: (key: number) => void
}

/** The label of each token, and the whole distribution of the chosen one. */
export function TokenLabelsReadout({
  head: shown,
  run,
  answers,
  earlier,
  selected,
  onSelect,
}: TokenLabelsReadoutProps) {
  const labels = new Map(answers.filter(({ head }) => head === shown).map((answer) => [answer.key, answer]))
  const tokens = run.tokens.flatMap(({ key, kind, label: token }): LabelledToken[] => {
    const answer = labels.get(key)
    if (!answer) return []
    const before = earlier.get(answer.id)
    const [best, was] = [bestName(answer), before && bestName(before)]
    const probability = answer.scores[bestOf(answer)] as number
    return [{ key, kind, token, label: best, probability, ...(was !== best && { was }) }]
  })
  const chosen = selected === null ? undefined : labels.get(selected)
  const row = run.tokens.findIndex(({ key }) => key === selected)
  return (
    <TokenLabels title={headTitle(shown)} tokens={tokens} selected={selected} onSelect={onSelect}>
      {chosen && (
        <ClassReadout
          title={t('answer.token', { token: run.tokens[row]?.label ?? '', row })}
          answer={chosen}
          before={earlier.get(chosen.id)}
        />
      )}
    </TokenLabels>
  )
}

function bestName(answer: Readout): string {
  const best = bestOf(answer)
  return answer.names[best] ?? `#${best}`
}
