import { useMemo } from 'react'
import { NoHeads } from '../../views/readouts/NoHeads.tsx'
import { ProbabilityBars } from '../../views/readouts/ProbabilityBars.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { headTitle } from './comparison.ts'
import { visionReadouts } from './state/readouts.ts'
import type { VisionRun } from './state/run.ts'
import { t } from './words/words.ts'

/** Class probabilities by every head that the model brings, each with what it was before the last edit. */
export function VisionReadouts({ run, before }: { run: VisionRun; before: VisionRun | null }) {
  const answers = useMemo(() => visionReadouts(run), [run])
  const earlier = useMemo(
    () => new Map(before && before.model.id === run.model.id ? visionReadouts(before).map((one) => [one.id, one]) : []),
    [before, run],
  )
  return (
    <Panel title={t('readouts')} testId="readouts">
      {Object.keys(run.model.info.labels).length === 0 && <NoHeads />}
      {answers.map(({ id, names, probabilities }) => {
        const was = earlier.get(id)?.probabilities
        const items = names.map((label, k) => ({ label, probability: probabilities[k] as number, before: was?.[k] }))
        return <ProbabilityBars key={id} title={headTitle(id)} items={items} top={3} />
      })}
    </Panel>
  )
}
