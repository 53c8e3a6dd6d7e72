import { useEffect, useState } from 'react'
import { type ErrorReport, reportOf } from '../core/errors.ts'
import { COURSE } from '../labs/course.ts'
import { LABS } from '../labs/index.ts'
import { useLab } from '../labs/shared/useLab.ts'
import { startFrom } from '../state/lesson/draft.ts'
import { keptDraft } from '../state/lesson/editor.ts'
import type { Lesson } from '../state/lesson/lesson.ts'
import { sayLesson } from '../state/lesson/words.ts'
import { CourseList } from '../views/lesson/CourseList.tsx'
import { t } from '../views/lesson/words/words.ts'
import { Dialog } from '../views/primitives/Dialog.tsx'
import { ErrorBanner } from '../views/shell/Banner.tsx'
import { Loading } from '../views/shell/Loading.tsx'
import { type Lessons, lessonOf } from './lessons.ts'
import { fetchLesson, readLesson } from './own_lesson.ts'
import type { Pages } from './pages.ts'
import { type Route, routeHash } from './router.ts'

export interface CourseProps {
  pages: Pages
  route: Route
  onClose: () => void
}

/** Every lesson in order, how far the reader is, and lessons of their own. */
export default function Course({ pages, route, onClose }: CourseProps) {
  const [loaded, setLoaded] = useState<{ lessons: Lessons; course: Lesson[] } | null>(null)
  const [problem, setProblem] = useState<ErrorReport | null>(null)
  useEffect(() => {
    Promise.all([pages.lessons(), Promise.all(COURSE.map(({ id }) => lessonOf(id)))]).then(
      ([lessons, course]) => setLoaded({ lessons, course }),
      (thrown) => setProblem(reportOf(thrown)),
    )
  }, [pages])

  const openOwn = async (text: () => Promise<string>) => {
    try {
      const json = await text()
      await pages.playOwn((all) => all.openOwn(json))
      onClose()
    } catch (thrown) {
      setProblem(reportOf(thrown))
    }
  }
  const edit = async (start?: Lesson) => {
    try {
      const lessons = await pages.lessons()
      if (lessons.store.getState().played) pages.closeLesson()
      await lessons.edit(route.lab, start)
      const lab = lessons.store.getState().editor?.store.getState().draft.lab ?? route.lab
      if (lab !== route.lab) pages.go({ lab })
      onClose()
    } catch (thrown) {
      setProblem(reportOf(thrown))
    }
  }
  return (
    <Dialog title={t('course')} onClose={onClose} testId="course-dialog">
      {problem && <ErrorBanner error={problem} onDismiss={() => setProblem(null)} />}
      {loaded ? (
        <Listed
          {...loaded}
          route={route}
          onOpen={onClose}
          onFile={(file) => void openOwn(() => readLesson(file))}
          onAddress={(address) => void openOwn(() => fetchLesson(address))}
          onEdit={(start) => void edit(start)}
        />
      ) : (
        !problem && <Loading what={t('course')} />
      )}
    </Dialog>
  )
}

interface ListedProps {
  lessons: Lessons
  course: readonly Lesson[]
  route: Route
  onOpen: () => void
  onFile: (file: File) => void
  onAddress: (address: string) => void
  /** @param start a lesson that another is made of */
  onEdit: (start?: Lesson) => void
}

function Listed({ lessons, course, route, onOpen, onFile, onAddress, onEdit }: ListedProps) {
  const { done } = useLab(lessons.progress.store)
  const [draft] = useState(() => keptDraft(localStorage))
  const groups = LABS.map(({ id, name }) => ({ lab: name(), lessons: course.filter(({ lab }) => lab === id) }))
  return (
    <CourseList
      groups={groups
        .filter((group) => group.lessons.length > 0)
        .map(({ lab, lessons: list }) => ({
          lab,
          lessons: list.map((lesson) => ({
            id: lesson.id,
            number: course.indexOf(lesson) + 1,
            title: sayLesson(lesson, 'title'),
            about: sayLesson(lesson, 'about'),
            minutes: lesson.minutes,
            steps: lesson.steps.length,
            done: done[lesson.id]?.length ?? 0,
            href: routeHash({ ...route, state: undefined, lab: lesson.lab, lesson: { id: lesson.id, step: 0 } }),
          })),
        }))}
      onOpen={onOpen}
      onFile={onFile}
      onAddress={onAddress}
      onReset={Object.keys(done).length > 0 ? lessons.progress.reset : undefined}
      draft={draft && (draft.words.en.title ?? t('own.untitled'))}
      onWrite={() => onEdit()}
      onStart={(lesson) => onEdit(startFrom(course.find(({ id }) => id === lesson) as Lesson))}
    />
  )
}
