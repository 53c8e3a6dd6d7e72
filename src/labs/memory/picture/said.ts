/** What heads say, and what became of it, in words. */

import { formatPercent, samePercent } from '../../../viz/format.ts'
import { exact } from '../../../words/numbers.ts'
import { className, headName } from './class_name.ts'
import { type Answer, drift, type PictureRun } from './state/run.ts'
import { t } from './words/words.ts'

export function saidBy({ labels, best, probabilities }: Answer): string {
  return t('said', { label: className(labels[best] ?? ''), score: formatPercent(probabilities[best] as number) })
}

/** A difference as it was computed: 0 is 0, and nothing that is not 0 is printed as 0. */
export function formatDrift(value: number): string {
  return exact(Number(value.toPrecision(3)))
}

/** What an edit changed: answers, how sure they are, how far the base is from itself. Null: there is nothing to compare with. */
export function changes(before: PictureRun | null, run: PictureRun): string[] | null {
  if (!before || before.doc.model !== run.doc.model) return null
  const lines: string[] = []
  for (const now of run.answers) {
    const then = before.answers.find(({ head }) => head === now.head)
    const head = headName(now.head)
    if (!then) lines.push(t('change.joined', { head, says: saidBy(now) }))
    else if (then.best !== now.best) lines.push(t('change.answer', { head, from: saidBy(then), to: saidBy(now) }))
    else {
      const [from, to] = [then.probabilities[now.best] as number, now.probabilities[now.best] as number]
      if (!samePercent(from, to)) {
        const label = className(now.labels[now.best] ?? '')
        lines.push(t('change.surer', { head, label, from: formatPercent(from), to: formatPercent(to) }))
      }
    }
  }
  for (const { head } of before.answers) {
    if (!run.answers.some((one) => one.head === head)) lines.push(t('change.left', { head: headName(head) }))
  }
  const [from, to] = [drift(before), drift(run)]
  if (from !== to && before.photo === run.photo) {
    lines.push(t('change.drift', { from: formatDrift(from), to: formatDrift(to) }))
  }
  return lines
}
