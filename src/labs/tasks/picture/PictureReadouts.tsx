import { useMemo } from 'react'
import { bestOf } from '../../../state/readouts.ts'
import { ClassReadout } from '../../../views/readouts/ClassReadout.tsx'
import { OtherHeads } from '../../../views/readouts/OtherHeads.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { help } from './help/help.ts'
import { answerName, inWords, taskName } from './names.ts'
import { answersOf } from './state/readings.ts'
import type { PictureRun } from './state/run.ts'
import { t } from './words/words.ts'

/** What each task's head answers, what it answered before the last edit, and what is true. */
export function PictureReadouts({ run, before }: { run: PictureRun; before: PictureRun | null }) {
  const answers = useMemo(() => answersOf(run), [run])
  const earlier = useMemo(
    () => new Map(before && before.model.id === run.model.id ? answersOf(before).map((one) => [one.id, one]) : []),
    [before, run],
  )
  const { info } = run.model
  const silent = Object.keys(info.labels).filter((head) => !answers.some(({ id }) => id === head))
  return (
    <Panel help={help('readouts')} title={t('readouts')} testId="readouts">
      {answers.map((answer) => (
        <div key={answer.id} className="task-answer" data-testid={`answer-${answer.id}`}>
          <ClassReadout title={taskName(answer.id)} answer={inWords(answer)} before={earlier.get(answer.id)} top={3} />
          <Truth head={answer.id} said={answer.names[bestOf(answer)] ?? ''} truth={run.truth[answer.id] ?? null} />
        </div>
      ))}
      {silent.map((head) => (
        <p key={head} className="hint" data-testid={`silent-${head}`}>
          {t('silent', { task: taskName(head) })}
        </p>
      ))}
      <OtherHeads heads={info.otherHeads ?? []} />
    </Panel>
  )
}

function Truth({ head, said, truth }: { head: string; said: string; truth: string | null }) {
  if (truth === null) return <p className="hint">{t('truth.unknown')}</p>
  const right = said === truth
  return (
    <p className="hint" data-testid="truth" data-right={right}>
      {t(right ? 'truth.right' : 'truth.wrong', { truth: answerName(head, truth) })}
    </p>
  )
}
