/**
 * A lesson under way. Each step opens a state of the lab, and everything that is said of it, asked and judged is computed from the
 * runs the reader then makes: the one the step began with, and the one on screen.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { type ErrorReport, reportOf } from '../../core/errors.ts'
import type { Lab, LabState } from '../lab.ts'
import { evaluate, type Measures, type Moments, holds as trueOf, type Value } from './expression.ts'
import type { Lesson, Question, Step } from './lesson.ts'
import type { Progress } from './progress.ts'

/** A choice by its place, or a number as the reader wrote it. */
export type Answer = { choice: number } | { number: number }

export interface Playing {
  lesson: Lesson
  /** From 0. */
  step: number
  /** How often a step was begun, this one or another. */
  visit: number
  /** The lab as the step began; null while it is opened. */
  start: LabState | null
  now: LabState | null
  answer: Answer | null
  /** Whether the action had been done before the question was answered. */
  early: boolean
  /** Whether the action has been done, at any time since the step began. */
  acted: boolean
  problem: ErrorReport | null
}

/** The lab that a lesson plays in. */
export interface Stage {
  lab: Lab
  measures: Measures<LabState>
  /** Shows a step's state; resolves when it is drawn. */
  open(state: NonNullable<Step['state']>): Promise<void>
}

export type LessonPlayer = ReturnType<typeof createPlayer>

export function createPlayer(lesson: Lesson, stage: Stage, progress: Pick<Progress, 'pass'>) {
  const store: StoreApi<Playing> = createStore<Playing>(() => begun(lesson, 0, 0))
  const set = (change: Partial<Playing>) => store.setState(change)
  let visit = 0

  const unwatch = stage.lab.store.subscribe((now) => {
    const { start, answer, early } = store.getState()
    if (!start || !isDrawn(now)) return
    const acted = store.getState().acted || isDone({ start, now })
    const isEarly = acted && answer === null && stepOf(store.getState()).question?.judged === 'after'
    set({ now, acted, early: early || isEarly })
    record()
  })

  /** Opens a step on its own state; one that has none goes on with what lies there, or where it is reached by a jump, with the last one before it. */
  async function go(step: number, { onwards = false } = {}): Promise<void> {
    const place = Math.min(Math.max(0, step), lesson.steps.length - 1)
    const mine = ++visit
    store.setState(begun(lesson, place, mine), true)
    const own = lesson.steps[place]?.state
    const state = own ?? (onwards ? undefined : lesson.steps.slice(0, place).findLast((one) => one.state)?.state)
    try {
      if (state) await stage.open(state)
      await stage.lab.settled()
      if (mine !== visit) return
      const now = stage.lab.store.getState()
      set({ start: now, now })
      record()
    } catch (thrown) {
      if (mine === visit) set({ problem: reportOf(thrown) })
    }
  }

  function isDone(moments: Moments<LabState>): boolean {
    const { action } = stepOf(store.getState())
    return action !== undefined && trueOf(action.until, stage.measures, moments)
  }

  /** A step is behind the reader when its question is answered and its action done. */
  function record(): void {
    const { step, answer, acted, start } = store.getState()
    const { question, action } = stepOf(store.getState())
    if (start && (!question || answer) && (!action || acted)) progress.pass(lesson.id, step)
  }

  return {
    store,
    go,
    next: () => go(store.getState().step + 1, { onwards: true }),
    back: () => go(store.getState().step - 1),
    answer(answer: Answer): void {
      set({ answer })
      record()
    },
    /** Another guess. */
    reconsider: () => set({ answer: null }),
    /** What the step's words take: from the run that it began with, or from the one on screen. */
    values: (when: 'start' | 'now'): Record<string, Value> => valuesOf(store.getState(), when, stage.measures),
    /** Whether the run shows what the step is about. */
    asExpected(): boolean {
      const { start } = store.getState()
      const { expects } = stepOf(store.getState())
      return !start || expects === undefined || trueOf(expects, stage.measures, { start, now: start })
    },
    /** Whether what the action asks for is on screen now. */
    holds(): boolean {
      const { start, now } = store.getState()
      return !!start && !!now && isDone({ start, now })
    },
    /** Whether something was edited since the step began, and what the action asks for is not done. */
    isElsewhere(): boolean {
      const { start, now, acted } = store.getState()
      return !!start && !!now && !acted && now.doc !== start.doc
    },
    /** Whether the answer is right by the run; null: there is none, or the run cannot tell yet. */
    verdict: (): boolean | null => verdictOf(store.getState(), stage.measures),
    /** Which choices, or which number, the run says is right; null while it cannot tell. */
    truth: (): Value[] | null => truthOf(store.getState(), stage.measures),
    close(): void {
      visit++
      unwatch()
    },
  }
}

function begun(lesson: Lesson, step: number, visit: number): Playing {
  return { lesson, step, visit, start: null, now: null, answer: null, early: false, acted: false, problem: null }
}

export function stepOf({ lesson, step }: Pick<Playing, 'lesson' | 'step'>): Step {
  return lesson.steps[step] ?? lesson.steps[0]
}

/** Whether the newest edit is on screen. */
function isDrawn({ asked, shown }: LabState): boolean {
  return asked === shown
}

/** Questions that are judged at once are about the state that the step began with, whatever was done to it since. */
function momentsOf({ start, now, acted }: Playing, judged: Question['judged']): Moments<LabState> | null {
  if (!start || !now) return null
  if (judged === 'now') return { start, now: start }
  return acted ? { start, now } : null
}

function truthOf(playing: Playing, measures: Measures<LabState>): Value[] | null {
  const { question } = stepOf(playing)
  const moments = question && momentsOf(playing, question.judged)
  if (!question || !moments) return null
  if ('number' in question) return [evaluate(question.number.answer, measures, moments)]
  return question.choices.map(({ right }) => trueOf(right, measures, moments))
}

function verdictOf(playing: Playing, measures: Measures<LabState>): boolean | null {
  const { question } = stepOf(playing)
  const truth = truthOf(playing, measures)
  const { answer } = playing
  if (!question || !truth || !answer) return null
  if ('choice' in answer) return truth[answer.choice] === true
  const [right] = truth
  if (!('number' in question) || typeof right !== 'number') return null
  const written = question.number.unit === '%' ? answer.number / 100 : answer.number
  return Math.abs(written - right) <= question.number.within
}

function valuesOf(playing: Playing, when: 'start' | 'now', measures: Measures<LabState>): Record<string, Value> {
  const { start } = playing
  const now = playing[when]
  const entries = Object.entries(stepOf(playing).values ?? {})
  return Object.fromEntries(
    entries.map(([name, one]) => [name, start && now ? evaluate(one, measures, { start, now }) : null]),
  )
}
