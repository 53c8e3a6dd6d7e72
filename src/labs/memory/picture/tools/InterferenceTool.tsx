import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { useJob } from '../../../shared/useJob.ts'
import { maskDocs, type Outcome, overSamples } from '../state/measure.ts'
import { MEASURED, useSet } from '../useSet.ts'
import { t } from '../words/words.ts'
import type { PictureToolProps } from './props.ts'
import { Scores } from './Scores.tsx'

/** What the masks keep: accuracy of every head, and the base's drift, with the extension mask and without, tasks apart and mixed. */
export default function InterferenceTool({ lab, engine, run }: PictureToolProps) {
  const readSet = useSet(engine, lab)
  const outcomes = useJob<Outcome[]>(
    async (step) => overSamples(engine, run.model, maskDocs(run.doc), await readSet(), step),
    run.doc,
  )
  return (
    <Panel
      help={null}
      title={t('interference.title')}
      lead={t('interference.lead', { each: MEASURED })}
      testId="interference"
    >
      <JobBar
        {...outcomes}
        action={t('measure')}
        onStart={outcomes.start}
        onStop={outcomes.stop}
        testId="interference-job"
      />
      {outcomes.result && outcomes.result.length > 0 && (
        <Scores
          lab={lab}
          run={run}
          title={t('scores.title')}
          column={t('interference.mask')}
          testId="interference-table"
          rows={outcomes.result.map((outcome) => ({
            name: t(
              `interference.${outcome.doc.oldReadsNew ? 'off' : 'on'}.${outcome.doc.tasksReadAll ? 'all' : 'own'}`,
            ),
            outcome,
          }))}
        />
      )}
    </Panel>
  )
}
