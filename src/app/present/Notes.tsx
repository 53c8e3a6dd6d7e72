import { useEffect, useState } from 'react'
import { COURSE } from '../../labs/course.ts'
import { useLab } from '../../labs/shared/useLab.ts'
import { stepOf } from '../../state/lesson/player.ts'
import { sayLesson } from '../../state/lesson/words.ts'
import { decimal } from '../../words/numbers.ts'
import { lessonOf, type PlayedLesson } from '../lessons.ts'
import { t } from './words/words.ts'

/** What the lecturer alone sees of a step: the right answer, as the run gives it, and what comes next. */
export function Notes({ played: { player, kind } }: { played: PlayedLesson }) {
  const playing = useLab(player.store)
  const { lesson, step } = playing
  const { question } = stepOf(playing)
  const following = useNextLesson(kind === 'course' ? lesson.id : null)
  const say = (key: string) => sayLesson(lesson, key, player.values('start'))
  const next = lesson.steps[step + 1]?.text[0]
  return (
    <div className="present-notes" data-testid="notes">
      {question && <p>{rightAnswer()}</p>}
      <p className="present-next">
        {next
          ? t('notes.next', { what: sayLesson(lesson, next, {}) })
          : following
            ? t('notes.next', { what: following })
            : t('notes.last')}
      </p>
    </div>
  )

  function rightAnswer(): string {
    const truth = player.truth()
    if (!question || !truth || truth.every((one) => one === null)) return t('notes.waits')
    if ('choices' in question) {
      const right = question.choices.filter((_, at) => truth[at] === true).map(({ text }) => say(text))
      return t('notes.right', { answer: right.join(' / ') || t('notes.none') })
    }
    const [value] = truth
    if (typeof value !== 'number') return t('notes.right', { answer: String(value) })
    return t('notes.right', {
      answer: question.number.unit === '%' ? `${decimal(100 * value, 1)} %` : decimal(value, 2),
    })
  }
}

/** The title of the lesson after this one in the course. */
function useNextLesson(id: string | null): string | null {
  const [title, setTitle] = useState<string | null>(null)
  useEffect(() => {
    setTitle(null)
    const at = COURSE.findIndex((one) => one.id === id)
    const next = at < 0 ? undefined : COURSE[at + 1]
    if (!next) return
    let current = true
    lessonOf(next.id).then(
      (lesson) => current && setTitle(sayLesson(lesson, 'title')),
      () => {}, // what comes next is told when it is opened
    )
    return () => {
      current = false
    }
  }, [id])
  return title
}
