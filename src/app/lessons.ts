/** Lessons on the page: fetched or brought by a reader, played in their lab, one at a time. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { ClsroomError } from '../core/errors.ts'
import { fetchPart } from '../core/fetch_part.ts'
import { lessonFile } from '../labs/lesson_files.ts'
import type { LabState } from '../state/lab.ts'
import type { Draft } from '../state/lesson/draft.ts'
import type { LessonEditor } from '../state/lesson/editor.ts'
import type { Measures } from '../state/lesson/expression.ts'
import type { Lesson } from '../state/lesson/lesson.ts'
import { createPlayer, type LessonPlayer } from '../state/lesson/player.ts'
import { createProgress } from '../state/lesson/progress.ts'
import { parseVersioned } from '../state/permalink.ts'
import { type Interrupted, keepInterrupted } from './interrupted_lesson.ts'
import type { OpenedLab } from './opened_lab.ts'
import { currentRoute, writeRoute } from './router.ts'

export interface PlayedLesson {
  player: LessonPlayer
  /** One of the page's; a reader's own, which has no link; or the draft in the editor, which is tried. */
  kind: 'course' | 'own' | 'draft'
  /** The name that its progress is kept under; null: none is. */
  keptAs: string | null
}

export interface LessonsState {
  played: PlayedLesson | null
  /** Open behind a lesson that plays, which is shown in its place. */
  editor: LessonEditor | null
}

/** A lab in which a lesson can play. */
export interface LessonStage {
  opened: OpenedLab
  measures: Measures<LabState>
}

export type Lessons = ReturnType<typeof createLessons>

/**
 * @param labOf the code and state of a lab, made once
 * @param onState told by its id before a step opens a state in a lab
 */
export function createLessons(labOf: (id: string) => Promise<OpenedLab>, onState: (lab: string) => void) {
  const store: StoreApi<LessonsState> = createStore<LessonsState>(() => ({ played: null, editor: null }))
  const progress = createProgress(localStorage)
  /** Made with its first opening; closed, it keeps the draft and what can be undone. */
  let editor: LessonEditor | null = null
  // Told of what other tabs keep, and of nothing that this one does.
  window.addEventListener('storage', ({ key }) => {
    progress.catchUp(key)
    editor?.catchUp(key)
  })

  /**
   * @param isWanted whether nothing else was opened meanwhile
   * @returns the lesson, or null where it is not wanted any more
   * @throws ClsroomError where there is no such lesson, or it does not fit its lab
   */
  async function open({ id, step }: { id: string; step: number }, isWanted: () => boolean): Promise<Lesson | null> {
    const { played } = store.getState()
    if (played?.kind === 'course' && played.player.store.getState().lesson.id === id) {
      if (played.player.store.getState().step !== step) await played.player.go(step)
      return played.player.store.getState().lesson
    }
    const lesson = await lessonOf(id)
    return (await play(lesson, step, 'course', isWanted)) ? lesson : null
  }

  /** @returns whether it plays; where something else was opened while its parts were fetched, it does not */
  async function play(lesson: Lesson, step: number, kind: PlayedLesson['kind'], isWanted = () => true) {
    const { opened, measures } = await stage(lesson.lab)
    const { checkMeasures } = await schema()
    checkMeasures(lesson, measures)
    await checkStates(lesson, opened)
    if (!isWanted()) return false
    close()
    // A lesson of one's own may have the name of one of the page's.
    const keptAs = { course: lesson.id, own: `own.${lesson.id}`, draft: null }[kind]
    const player = createPlayer(
      lesson,
      {
        lab: opened.lab,
        measures,
        async open({ version, link }) {
          const parsed = await parseVersioned(opened.parts.format, version, { ...link, lab: opened.definition.id })
          onState(opened.definition.id)
          await opened.lab.open(parsed)
        },
      },
      { pass: (_, done) => keptAs && progress.pass(keptAs, done) },
    )
    // The address names the step that is shown; a lesson of one's own has none.
    const name = (at: number) => {
      if (kind !== 'course') keepInterrupted({ kind, lesson, step: at })
      else writeRoute({ ...currentRoute(), state: undefined, lesson: { id: lesson.id, step: at } })
    }
    player.store.subscribe(({ step: now }, { step: before }) => {
      if (now !== before) name(now)
    })
    if (kind !== 'course') name(step)
    store.setState({ played: { player, kind, keptAs } })
    await player.go(step)
    return true
  }

  function close(): void {
    store.getState().played?.player.close()
    keepInterrupted(null)
    store.setState({ played: null })
  }

  /** @throws ClsroomError where there is no such lab, or nothing can be measured there */
  async function stage(lab: string): Promise<LessonStage> {
    const opened = await labOf(lab)
    return { opened, measures: await measuresOf(opened) }
  }

  /**
   * Opens the editor on the draft that is kept, or else on a new one.
   * @param lab that a new lesson is about
   * @param start a lesson that is put in the draft's place, which is one undo away
   */
  async function edit(lab: string, start?: Lesson): Promise<void> {
    const { createEditor } = await fetchPart(() => import('../state/lesson/editor.ts'))
    editor ??= createEditor(localStorage, lab)
    if (start) editor.replace(start)
    store.setState({ editor })
  }

  return {
    store,
    progress,
    open,
    close,
    stage,
    /** Plays the draft, which is a lesson by now, in its lab; closing it brings the editor back. @throws ClsroomError where it does not fit */
    async tryDraft(draft: Draft, step: number): Promise<Lesson> {
      const { parseLesson } = await schema()
      const lesson = parseLesson(draft)
      await play(lesson, step, 'draft')
      return lesson
    },
    edit,
    /** Plays on what a reload has interrupted. @returns the lesson @throws ClsroomError where it does not fit any more */
    async resume({ kind, lesson, step }: Interrupted): Promise<Lesson> {
      const { parseLesson } = await schema()
      const parsed = parseLesson(lesson)
      if (kind === 'draft') await edit(parsed.lab)
      await play(parsed, step, kind)
      return parsed
    },
    closeEditor(): void {
      store.setState({ editor: null })
    },
    /** A lesson that a reader brings. @returns it, once it is on screen @throws ClsroomError that names the field that does not fit */
    async openOwn(json: string): Promise<Lesson> {
      const lesson = await readOwn(json)
      await play(lesson, 0, 'own')
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
      expected: 'a lesson of the course, as its link names it',
      advice: 'Open the course and choose one',
    })
  }
  const [{ default: content }, { parseLesson }] = await Promise.all([fetchPart(file), schema()])
  return parseLesson(content)
}

/** A lesson that a reader brings. @throws ClsroomError that names the field that does not fit */
export async function readOwn(json: string): Promise<Lesson> {
  const { parseLesson } = await schema()
  return parseLesson(parsedJson(json))
}

/** @throws ClsroomError where a step opens what is no state of its lab */
async function checkStates(
  { steps }: Lesson,
  { definition: { id: lab }, parts: { format } }: OpenedLab,
): Promise<void> {
  const { refused } = await schema()
  for (const [at, { state }] of steps.entries()) {
    if (!state) continue
    await parseVersioned(format, state.version, { ...state.link, lab }).catch((cause: unknown) => {
      throw refused([`steps.${at}.state.link: ${cause instanceof ClsroomError ? cause.found : cause}`])
    })
  }
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
