/** A lesson is data: states of a lab with words, a question before each action, and predicates over the run. The schema is in schema.ts. */

import type { Expression } from './expression.ts'

/** Of what is written now. */
export const LESSON_VERSION = 1

/**
 * A part of the page: by its test id (`map-panel`), the n-th control in it (`mlm-rule 0`), or the n-th token of the strip (`token 3`); counted
 * from 0.
 */
export type Place = string

/** A lesson's languages: English stands in where another is missing. */
export type LessonWords = { en: Readonly<Record<string, string>> } & Readonly<
  Record<string, Readonly<Record<string, string>>>
>

export interface Lesson {
  version: typeof LESSON_VERSION
  id: string
  /** The lab that it is about. */
  lab: string
  /** How long it takes, as a reader is told. */
  minutes: number
  sources: readonly { title: string; url?: string }[]
  /** Terms of the glossary that it uses, by id, as links name them. */
  terms?: readonly string[]
  /** ICU messages by language and key; `title` and `about` are the lesson's own. */
  words: LessonWords
  steps: readonly [Step, ...Step[]]
}

export interface Step {
  /** What the lab shows when the step begins: a link of the lab, and the version of its format. Absent: what lies there. */
  state?: { version: number; link: Readonly<Record<string, unknown>> }
  /** One or two paragraphs, by key. */
  text: readonly string[]
  /** What the words take from the run, by the name of their parameter. */
  values?: Readonly<Record<string, Expression>>
  /** What the words rely on. Where the run does not show it, the step says so. */
  expects?: Expression
  /** What is pointed at. */
  point?: Place
  question?: Question
  action?: Action
}

export type Question = {
  /** By key. */
  text: string
  /** When the run can tell: at once, or when the action has been done. */
  judged: 'now' | 'after'
} & ({ choices: readonly Choice[] } | { number: { answer: Expression; within: number; unit?: '%' } })

export interface Choice {
  text: string
  /** Whether it is the right one, by the run. */
  right: Expression
}

export interface Action {
  /** What is asked of the reader, by key. */
  text: string
  /** What must hold of the run; whichever way the reader got there. */
  until: Expression
  /** What is said of the run then, by key. */
  done: string
  /** How it is done by keyboard: where the focus is, and what is pressed there. */
  keys: readonly { focus: Place; press: readonly string[] }[]
}
