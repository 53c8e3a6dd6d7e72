/** Lessons on the page: fetched or brought by a reader, played in their lab, one at a time. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { ClsroomError } from '../core/errors.ts'
import { fetchPart } from '../core/fetch_part.ts'
import { COURSE } from '../labs/course.ts'
import { lessonFile } from '../labs/lesson_files.ts'
import type { LabState } from '../state/lab.ts'
import type { Measures } from '../state/lesson/expression.ts'
import type { Lesson } from '../state/lesson/lesson.ts'
import { createPlayer, type LessonPlayer } from '../state/lesson/player.ts'
import { createProgress } from '../state/lesson/progress.ts'
import { parseVersioned } from '../state/permalink.ts'
import type { OpenedLab } from './opened_lab.ts'
import { currentRoute, writeRoute } from './router.ts'

export interface PlayedLesson {
  player: LessonPlayer
  /** Whether it is one of the page's; a reader's own has no link. */
  isOwn: boolean
}

export type Lessons = ReturnType<typeof createLessons>

/** @param labOf the code and state of a lab, made once */
export function createLessons(labOf: (id: string) => Promise<OpenedLab>) {
  const store: StoreApi<{ played: PlayedLesson | null }> = createStore<{ played: PlayedLesson | null }>(() => ({
    played: null,
  }))
  const progress = createProgress(localStorage)

  /** @throws ClsroomError where there is no such lesson, or it does not fit its lab */
  async function open({ id, step }: { id: string; step: number }): Promise<Lesson> {
    const { played } = store.getState()
    if (played && !played.isOwn && played.player.store.getState().lesson.id === id) {
      if (played.player.store.getState().step !== step) await played.player.go(step)
      return played.player.store.getState().lesson
    }
    const lesson = await lessonOf(id)
    await play(lesson, step, false)
    return lesson
  }

  async function play(lesson: Lesson, step: number, isOwn: boolean): Promise<void> {
    const opened = await labOf(lesson.lab)
    const measures = await measuresOf(opened)
    const { checkMeasures } = await schema()
    checkMeasures(lesson, measures)
    close()
    const player = createPlayer(
      lesson,
      {
        lab: opened.lab,
        measures,
        async open({ version, link }) {
          const parsed = await parseVersioned(opened.parts.format, version, { ...link, lab: opened.definition.id })
          await opened.lab.open(parsed)
        },
      },
      progress,
    )
    // The address names the step that is shown; a lesson of one's own has none.
    if (!isOwn) {
      player.store.subscribe(({ step: now }, { step: before }) => {
        if (now !== before) writeRoute({ ...currentRoute(), state: undefined, lesson: { id: lesson.id, step: now } })
      })
    }
    store.setState({ played: { player, isOwn } })
    await player.go(step)
  }

  function close(): void {
    store.getState().played?.player.close()
    store.setState({ played: null })
  }

  return {
    store,
    progress,
    open,
    close,
    /** A lesson that a reader brings. @returns it, once it is on screen @throws ClsroomError that names the field that does not fit */
    async openOwn(json: string): Promise<Lesson> {
      const { parseLesson } = await schema()
      const lesson = parseLesson(parsedJson(json))
      await play(lesson, 0, true)
      return lesson
    },
  }
}

const schema = () => fetchPart(() => import('../state/lesson/schema.ts'))

/** @throws ClsroomError `state` where there is no such lesson */
export async function lessonOf(id: string): Promise<Lesson> {
  const file = lessonFile(id)
  if (!file) {
    throw new ClsroomError('state', 'There is no such lesson', {
      found: id,
      expected: COURSE.map((one) => one.id).join(', '),
      advice: 'Open the course and choose one',
    })
  }
  const [{ default: content }, { parseLesson }] = await Promise.all([fetchPart(file), schema()])
  return parseLesson(content)
}

async function measuresOf({ definition, parts }: OpenedLab): Promise<Measures<LabState>> {
  if (!parts.measures) {
    throw new ClsroomError('state', 'Nothing can be measured in this lab, so no lesson can play there', {
      found: definition.id,
    })
  }
  return (await parts.measures()).default as Measures<LabState>
}

function parsedJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new ClsroomError('state', 'This file is no lesson that can be shown', {
      found: cause instanceof Error ? cause.message : String(cause),
      expected: 'JSON, as the editor of lessons writes it',
      advice: 'Mend the field that is named; nothing on the page has changed',
      cause,
    })
  }
}
