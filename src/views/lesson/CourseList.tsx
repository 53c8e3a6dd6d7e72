import { useState } from 'react'
import { Button as AriaButton, DropZone, FileTrigger } from 'react-aria-components'
import { Button } from '../primitives/Button.tsx'
import { SignButton } from '../primitives/SignButton.tsx'
import { t } from './words/words.ts'

export interface ListedLesson {
  id: string
  /** Its place in the course, from 1. */
  number: number
  title: string
  about: string
  minutes: number
  steps: number
  done: number
  href: string
}

export interface CourseListProps {
  groups: readonly { lab: string; lessons: readonly ListedLesson[] }[]
  onOpen: () => void
  onFile: (file: File) => void
  onAddress: (address: string) => void
  /** Absent where nothing is behind the reader. */
  onReset: (() => void) | undefined
  /** The title of the draft that is kept; null: there is none. */
  draft: string | null
  onWrite: () => void
  /** By the id of the lesson that is made the start of another. */
  onStart: (lesson: string) => void
}

/** The course by lab, with what is behind the reader. */
export function CourseList({ groups, onOpen, onFile, onAddress, onReset, ...own }: CourseListProps) {
  const all = groups.flatMap(({ lessons }) => lessons).sort((a, b) => a.number - b.number)
  const next = all.find(({ done, steps }) => done < steps)
  return (
    <>
      <p className="hint">{t('course.lead')}</p>
      {next && (
        <p>
          <a className="button button-main" href={next.href} onClick={onOpen} data-testid="course-next">
            {t(all.some(({ done }) => done > 0) ? 'course.on' : 'course.start', { title: next.title })}
          </a>
        </p>
      )}
      {groups.map(({ lab, lessons }) => (
        <section key={lab} className="course-lab">
          <h3>{lab}</h3>
          <ol className="course-list">
            {lessons.map((lesson) => (
              <li key={lesson.id} value={lesson.number}>
                <a href={lesson.href} onClick={onOpen} data-testid="course-lesson" data-lesson={lesson.id}>
                  <b>{lesson.title}</b>
                  <span className="hint">{lesson.about}</span>
                  <span className="course-progress hint mono" data-done={lesson.done >= lesson.steps || undefined}>
                    {progressOf(lesson)}
                  </span>
                </a>
                <SignButton
                  sign="✎"
                  name={t('own.start', { title: lesson.title })}
                  data-testid="start-from"
                  onClick={() => own.onStart(lesson.id)}
                />
              </li>
            ))}
          </ol>
        </section>
      ))}
      <OwnLesson onFile={onFile} onAddress={onAddress} draft={own.draft} onWrite={own.onWrite} />
      {onReset && (
        <p>
          <Button small look="quiet" data-testid="course-reset" onClick={onReset}>
            {t('course.reset')}
          </Button>
        </p>
      )}
    </>
  )
}

function progressOf({ done, steps, minutes }: ListedLesson): string {
  if (done >= steps) return t('course.done')
  return done > 0 ? t('course.part', { done, steps }) : t('course.minutes', { minutes })
}

function OwnLesson({
  onFile,
  onAddress,
  draft,
  onWrite,
}: Pick<CourseListProps, 'onFile' | 'onAddress' | 'draft' | 'onWrite'>) {
  const [address, setAddress] = useState('')
  return (
    <section className="course-own">
      <h3>{t('own.title')}</h3>
      <p>
        <Button small data-testid="write-lesson" onClick={onWrite}>
          {draft === null ? t('own.write') : t('own.go-on', { title: draft })}
        </Button>
      </p>
      <DropZone
        className="drop-zone"
        data-testid="own-lesson"
        aria-label={t('own.drop')}
        onDrop={async ({ items }) => {
          const dropped = items.find((item) => item.kind === 'file')
          if (dropped) onFile(await dropped.getFile())
        }}
      >
        <p>{t('own.drop')}</p>
        <FileTrigger
          acceptedFileTypes={['application/json', '.json']}
          onSelect={(files) => files?.[0] && onFile(files[0])}
        >
          <AriaButton className="button button-small">{t('own.choose')}</AriaButton>
        </FileTrigger>
      </DropZone>
      <form
        className="load-address-row"
        onSubmit={(event) => {
          event.preventDefault()
          if (address.trim() !== '') onAddress(address.trim())
        }}
      >
        <input
          className="input mono"
          type="url"
          aria-label={t('own.address')}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
        <Button small type="submit">
          {t('own.open')}
        </Button>
      </form>
    </section>
  )
}
