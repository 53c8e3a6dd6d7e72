import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { Segmented } from '../../../../views/primitives/Segmented.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { useJob } from '../../../shared/useJob.ts'
import { useLab } from '../../../shared/useLab.ts'
import { headName } from '../class_name.ts'
import { help } from '../help/help.ts'
import { otherTask, STARTS, type Start, tasksOf } from '../state/doc.ts'
import { type Outcome, overSamples, startDocs } from '../state/measure.ts'
import { MEASURED, useSet } from '../useSet.ts'
import { t } from '../words/words.ts'
import type { PictureToolProps } from './props.ts'
import { Scores } from './Scores.tsx'

/** A task's memory rows replaced: by zeros, their mean, noise as long, or another task's. */
export default function StartTool({ lab, engine, run }: PictureToolProps) {
  const { doc } = useLab(lab.store)
  const readSet = useSet(engine, lab)
  const plans = startDocs(run.model, run.doc)
  const outcomes = useJob<Outcome[]>(
    async (step) =>
      overSamples(
        engine,
        run.model,
        plans.map((plan) => plan.doc),
        await readSet(),
        step,
      ),
    run.doc.tasks,
  )
  if (!doc) return null
  const all = tasksOf(run.model.info)
  if (run.tasks.length === 0) return <p className="hint">{t('start.none')}</p>
  return (
    <>
      <Panel help={null} title={t('start.title')} lead={t('start.lead')} testId="start-tool">
        {run.tasks.map(({ name }) => {
          const other =
            all[
              otherTask(
                all,
                all.findIndex((task) => task.name === name),
              )
            ]?.name ?? name
          return (
            <Segmented
              key={name}
              label={headName(name)}
              showLabel
              small
              value={doc.starts[name] ?? 'trained'}
              options={STARTS.map((value) => ({
                value,
                label: value === 'other' ? t('start.other', { task: headName(other) }) : t(`start.${value}`),
                title: t(`start.${value}.hint`),
              }))}
              onChange={(start: Start) => lab.setStarts({ ...doc.starts, [name]: start })}
              testId={`start-${name}`}
            />
          )
        })}
      </Panel>
      <Panel
        help={help('start-effect')}
        title={t('start.effect')}
        lead={t('start.effect.lead', { each: MEASURED })}
        testId="start-effect"
      >
        <JobBar
          {...outcomes}
          action={t('measure')}
          onStart={outcomes.start}
          onStop={outcomes.stop}
          testId="start-job"
        />
        {outcomes.result && outcomes.result.length > 0 && (
          <Scores
            lab={lab}
            run={run}
            title={t('scores.title')}
            column={t('start.column')}
            testId="start-table"
            rows={outcomes.result.map((outcome, i) => {
              const start = plans[i]?.start ?? 'trained'
              return { name: start === 'other' ? t('start.other.row') : t(`start.${start}`), outcome }
            })}
          />
        )}
      </Panel>
    </>
  )
}
