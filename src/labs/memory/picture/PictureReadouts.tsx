import { ProbabilityBars } from '../../../views/readouts/ProbabilityBars.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { useLab } from '../../shared/useLab.ts'
import { className, headName } from './class_name.ts'
import { help } from './help/help.ts'
import { formatDrift, saidBy } from './said.ts'
import type { PictureMemory } from './state/lab.ts'
import { drift, type PictureRun } from './state/run.ts'
import { t } from './words/words.ts'

export interface PictureReadoutsProps {
  lab: PictureMemory
  run: PictureRun
  /** The run before the last edit. */
  before: PictureRun | null
}

/** How far the base is from itself, what the chosen head says, and the answers of all. */
export function PictureReadouts({ lab, run, before }: PictureReadoutsProps) {
  const { look } = useLab(lab.store)
  const moved = drift(run)
  const chosen = run.answers.find(({ head }) => head === look.asker)
  const same = before?.doc.model === run.doc.model && before.photo === run.photo ? before : null
  const then = same?.answers.find(({ head }) => head === look.asker)
  return (
    <Panel help={help('readouts')} title={t('readouts')} testId="readouts">
      <p className="task-drift" data-testid="drift" data-drift={moved} data-kept={moved === 0 || undefined}>
        <span>{t('drift')}</span> <b className="mono">{formatDrift(moved)}</b>
      </p>
      <p className="hint">{driftSaid(run, moved)}</p>
      {chosen && (
        <ProbabilityBars
          title={t('readouts.head', { head: headName(chosen.head) })}
          items={chosen.labels.map((label, i) => ({
            label: className(label),
            probability: chosen.probabilities[i] as number,
            ...(then && { before: then.probabilities[i] as number }),
          }))}
        />
      )}
      <table className="box-table" data-testid="answers">
        <caption className="sr-only">{t('readouts.all')}</caption>
        <tbody>
          {run.answers.map((answer) => (
            <tr key={answer.head} data-chosen={answer.head === look.asker || undefined}>
              <th scope="row">{headName(answer.head)}</th>
              <td>{saidBy(answer)}</td>
              <td>{verdict(answer.labels, answer.best, run.photo.label)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="hint">
        {run.photo.label === null ? t('truth.unknown') : t('truth', { label: className(run.photo.label) })}
      </p>
    </Panel>
  )
}

function driftSaid({ tasks, doc }: PictureRun, moved: number): string {
  if (tasks.length === 0) return t('drift.alone')
  if (moved === 0) return t('drift.kept')
  return doc.oldReadsNew ? t('drift.moved') : t('drift.rounding')
}

/** Right or wrong, where the truth is one of the head's classes. */
function verdict(labels: readonly string[], best: number, label: string | null): string {
  if (label === null || !labels.includes(label)) return t('verdict.none')
  return labels[best] === label ? t('verdict.right') : t('verdict.wrong')
}
