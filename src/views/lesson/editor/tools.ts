import type { RefObject } from 'react'
import type { Draft } from '../../../state/lesson/draft.ts'
import type { Expression, Value } from '../../../state/lesson/expression.ts'
import type { Part } from '../../../state/lesson/fields.ts'
import type { LessonIssue } from '../../../state/lesson/schema.ts'

/** A measure that can be chosen: its arguments, and what stands there now for those that are texts. */
export interface OfferedMeasure {
  id: string
  parts: readonly Part[]
  there: Readonly<Record<string, readonly string[]>>
}

/** What an expression comes to in the run on screen, and in the one that the step began with; null: it cannot be told. */
export interface LiveValue {
  start: Value
  now: Value
}

/** What every field of the editor works with. */
export interface EditorTools {
  draft: Draft
  /** @param of edits of the same name that follow one another are taken back together */
  edit: (draft: Draft, of?: string) => void
  /** The language whose words are written. */
  language: string
  measures: readonly OfferedMeasure[]
  live: (expression: Expression) => LiveValue
  /** Why an expression is none, or measures what cannot be measured here; [] where it is right. */
  faults: (expression: unknown) => LessonIssue[]
  /** The field of words that had the focus last. */
  lastWords: RefObject<HTMLTextAreaElement | null>
  /** The editor itself: what is in it is no part of the lab. */
  panel: RefObject<HTMLElement | null>
}
