import { useState } from 'react'
import { Button as AriaButton, DropZone, FileTrigger } from 'react-aria-components'
import { Button } from '../primitives/Button.tsx'
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
  onReset: () => void
}

/** The course by lab, with what is behind the reader. */
export function CourseList({ groups, onOpen, onFile, onAddress, onReset }: CourseListProps) {
  const any = groups.some(({ lessons }) => lessons.some(({ done }) => done > 0))
  return (
    <>
      <p className="hint">{t('course.lead')}</p>
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
              </li>
            ))}
          </ol>
        </section>
      ))}
      <OwnLesson onFile={onFile} onAddress={onAddress} />
      {any && (
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

function OwnLesson({ onFile, onAddress }: Pick<CourseListProps, 'onFile' | 'onAddress'>) {
  const [address, setAddress] = useState('')
  return (
    <section className="course-own">
      <h3>{t('own.title')}</h3>
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
