import { softmax } from '../../core/logits.ts'
import { NoHeads } from '../../views/readouts/NoHeads.tsx'
import { ProbabilityBars } from '../../views/readouts/ProbabilityBars.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import type { VisionRun } from './state/lab.ts'

const TITLES: Record<string, string> = {
  classifier: 'Class, read from [CLS]',
  average: 'Class, from the average of the patches',
  attention: 'Class, from attention pooling',
}

/** Class probabilities by every head that the model brings. */
export function VisionReadouts({ run, labels }: { run: VisionRun; labels: Record<string, string[]> }) {
  return (
    <Panel title="Read-outs" testId="readouts">
      {Object.keys(labels).length === 0 && <NoHeads />}
      {Object.entries(labels).map(([head, names]) => {
        const logits = run.result.logits[head]
        if (!logits) return null
        const probabilities = softmax(logits.data)
        const items = names.map((label, k) => ({ label, probability: probabilities[k] as number }))
        return <ProbabilityBars key={head} title={TITLES[head] ?? head} items={items} top={3} />
      })}
    </Panel>
  )
}
