import { useMemo } from 'react'
import { ClassReadout } from '../../views/readouts/ClassReadout.tsx'
import { NoHeads } from '../../views/readouts/NoHeads.tsx'
import { OtherHeads } from '../../views/readouts/OtherHeads.tsx'
import { Panel } from '../../views/shell/Panel.tsx'
import { lazyPart } from '../shared/lazy_part.ts'
import { headTitle } from './comparison.ts'
import { help } from './help/help.ts'
import { visionReadouts } from './state/readouts.ts'
import type { VisionRun } from './state/run.ts'
import { t } from './words/words.ts'

const RebuiltReadout = lazyPart(() => import('./tools/rebuild/RebuiltReadout.tsx'))

/** Heads that read [CLS]. */
const FROM_CLS = ['classifier', 'cls', 'cls_distillation', 'cls_patches']

/** Class probabilities by every head that the model brings, each with what it was before the last edit. */
export function VisionReadouts({ run, before }: { run: VisionRun; before: VisionRun | null }) {
  const answers = useMemo(() => visionReadouts(run), [run])
  const earlier = useMemo(
    () => new Map(before && before.model.id === run.model.id ? visionReadouts(before).map((one) => [one.id, one]) : []),
    [before, run],
  )
  const { otherHeads = [], reconstructs } = run.model.info
  return (
    <Panel help={help('readouts')} title={t('readouts')} testId="readouts">
      {reconstructs && <RebuiltReadout run={run} />}
      {answers.some(({ id }) => FROM_CLS.includes(id)) && run.tokens.every(({ kind }) => kind !== 'cls') && (
        <p className="hint">{t('readouts.no-cls', { token: run.tokens[run.pooledRow]?.label ?? '' })}</p>
      )}
      {answers.length === 0 && otherHeads.length === 0 && !reconstructs && <NoHeads />}
      {answers.map((answer) => (
        <ClassReadout
          key={answer.id}
          title={headTitle(answer.id)}
          answer={answer}
          before={earlier.get(answer.id)}
          top={3}
        />
      ))}
      <OtherHeads heads={otherHeads} />
    </Panel>
  )
}
