/**
 * A lesson that is being written: of a lesson's shape, with whatever its fields hold so far. Every edit is a function from a draft to the next
 * one; words that no step names any more go with what named them.
 */

import type { Expression, Measures } from './expression.ts'
import { type Action, type Choice, LESSON_VERSION, type Lesson, type Question, type Step } from './lesson.ts'
import { type LessonIssue, measureIssues, shapeIssues, wordIssues, wordPlaces } from './schema.ts'

export type Draft = Lesson

/** Stands where an expression is not written yet, or is no JSON: the text of it so far. No lesson may hold one. */
export interface Unread {
  unread: string
}

/** Of JSON that cannot be read yet, or of nothing. */
export function unread(text: string): Expression {
  return { unread: text } satisfies Unread as unknown as Expression
}

export const NOTHING: Expression = unread('')

export function isUnread(expression: unknown): expression is Unread {
  return typeof expression === 'object' && expression !== null && 'unread' in expression
}

/** A draft with one step and no words. */
export function emptyDraft(lab: string): Draft {
  return {
    version: LESSON_VERSION,
    id: 'my-lesson',
    lab,
    minutes: 5,
    sources: [{ title: '' }],
    words: { en: {} },
    steps: [{ text: ['text-1'] }],
  }
}

/** Whether nothing was written into it yet. */
export function isEmpty({ words, steps }: Draft): boolean {
  return Object.keys(words.en).length === 0 && steps.length === 1 && !steps[0].state
}

/** A lesson as the start of another: under a name of its own, so that what is done in one is not taken for the other. */
export function startFrom(lesson: Lesson): Draft {
  return { ...lesson, id: `my-${lesson.id}`.slice(0, 60) }
}

/** @param message '' takes the words away */
export function setWords(draft: Draft, language: string, key: string, message: string): Draft {
  const { [key]: _, ...others } = draft.words[language] ?? {}
  const words = message === '' ? others : { ...others, [key]: message }
  return { ...draft, words: withoutEmpty({ ...draft.words, [language]: words }) }
}

/** A step after another, or first where `after` is -1. */
export function addStep(draft: Draft, after: number): Draft {
  return withSteps(draft, draft.steps.toSpliced(after + 1, 0, { text: [freshKey(usedKeys(draft), 'text')] }))
}

/** The same step once more behind it, with words of its own. */
export function duplicateStep(draft: Draft, at: number): Draft {
  const step = draft.steps[at]
  if (!step) return draft
  const taken = usedKeys(draft)
  const fresh = new Map<string, string>()
  for (const key of keysOf(step)) {
    const own = fresh.get(key) ?? freshKey(taken, key.replace(/-\d+$/, ''))
    fresh.set(key, own)
    taken.add(own)
  }
  const words = Object.entries(draft.words).map(([language, messages]) => {
    const copies = [...fresh].flatMap(([key, own]) => (messages[key] === undefined ? [] : [[own, messages[key]]]))
    return [language, { ...messages, ...Object.fromEntries(copies) }]
  })
  const steps = draft.steps.toSpliced(
    at + 1,
    0,
    renamed(step, (key) => fresh.get(key) ?? key),
  )
  return withSteps({ ...draft, words: Object.fromEntries(words) }, steps)
}

export function moveStep(draft: Draft, from: number, to: number): Draft {
  const step = draft.steps[from]
  if (!step || to < 0 || to >= draft.steps.length) return draft
  return withSteps(draft, draft.steps.toSpliced(from, 1).toSpliced(to, 0, step))
}

/** The last one leaves an empty step. */
export function removeStep(draft: Draft, at: number): Draft {
  const left = draft.steps.toSpliced(at, 1)
  return withSteps(draft, left.length > 0 ? left : [{ text: [freshKey(usedKeys(draft), 'text')] }])
}

/** @param change by field; undefined takes a field away */
export function changeStep(
  draft: Draft,
  at: number,
  change: { [Field in keyof Step]?: Step[Field] | undefined },
): Draft {
  const steps = draft.steps.map((step, place) =>
    place === at ? (withoutUndefined({ ...step, ...change }) as unknown as Step) : step,
  )
  return withSteps(draft, steps)
}

/** One or two paragraphs. */
export function setParagraphs(draft: Draft, at: number, count: 1 | 2): Draft {
  const taken = usedKeys(draft)
  const text = (draft.steps[at]?.text ?? []).slice(0, count)
  while (text.length < count) {
    const key = freshKey(taken, 'text')
    taken.add(key)
    text.push(key)
  }
  return changeStep(draft, at, { text })
}

export function setQuestion(draft: Draft, at: number, kind: 'none' | 'choices' | 'number'): Draft {
  const step = draft.steps[at]
  if (!step) return draft
  if (kind === 'none') return changeStep(draft, at, { question: undefined })
  const { text = freshKey(usedKeys(draft), 'ask'), judged = step.action ? ('after' as const) : ('now' as const) } =
    step.question ?? {}
  if (kind === 'number') {
    return changeStep(draft, at, { question: { text, judged, number: { answer: NOTHING, within: 0.1 } } })
  }
  const begun = changeStep(draft, at, { question: { text, judged, choices: [] } })
  return addChoice(addChoice(begun, at), at)
}

export function addChoice(draft: Draft, at: number): Draft {
  return changeChoices(draft, at, (choices) => [
    ...choices,
    { text: freshKey(usedKeys(draft), 'choice'), right: NOTHING },
  ])
}

export function changeChoices(draft: Draft, at: number, change: (choices: readonly Choice[]) => Choice[]): Draft {
  const question = draft.steps[at]?.question
  if (!question || !('choices' in question)) return draft
  return changeStep(draft, at, { question: { ...question, choices: change(question.choices) } })
}

export function changeQuestion(draft: Draft, at: number, change: Partial<Question>): Draft {
  const question = draft.steps[at]?.question
  return question ? changeStep(draft, at, { question: { ...question, ...change } as Question }) : draft
}

/** Without an action a question is judged at once. */
export function setAction(draft: Draft, at: number, has: boolean): Draft {
  if (!has) return changeStep(changeQuestion(draft, at, { judged: 'now' }), at, { action: undefined })
  const action: Action = {
    text: freshKey(usedKeys(draft), 'do'),
    until: NOTHING,
    done: freshKey(usedKeys(draft), 'done'),
    keys: [],
  }
  return changeStep(draft, at, { action })
}

export function changeAction(draft: Draft, at: number, change: Partial<Action>): Draft {
  const action = draft.steps[at]?.action
  return action ? changeStep(draft, at, { action: { ...action, ...change } }) : draft
}

/** Words that nothing names. */
export function unusedKeys(draft: Draft): string[] {
  const used = usedKeys(draft)
  return [...new Set(Object.values(draft.words).flatMap((words) => Object.keys(words)))].filter((key) => !used.has(key))
}

/**
 * What keeps a draft from being a lesson, by field; [] where it is one.
 * @param measures of its lab; null: they are not there yet
 */
export function problemsOf<State>(draft: Draft, measures: Measures<State> | null): LessonIssue[] {
  const shape = shapeIssues(draft).map((issue) => unreadIssue(draft, issue))
  // An expression that is none measures nothing.
  const measured = shape.length === 0 && measures ? measureIssues(draft, measures) : []
  const issues = [...wordIssues(draft), ...shape, ...measured]
  return [
    ...new Map(issues.map((issue) => [`${issue.path.join('.')} ${issue.found} ${issue.message}`, issue])).values(),
  ]
}

/** What is told of an expression that is not there yet. */
function unreadIssue(draft: Draft, issue: LessonIssue): LessonIssue {
  const found = issue.path.reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], draft)
  if (!isUnread(found)) return issue
  return { path: issue.path, message: found.unread === '' ? 'not chosen yet' : jsonFault(found.unread) }
}

/** Why a text is no JSON. */
export function jsonFault(text: string): string {
  try {
    JSON.parse(text)
    return ''
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown)
  }
}

function withSteps(draft: Draft, steps: readonly Step[]): Draft {
  return pruned({ ...draft, steps: steps as Draft['steps'] })
}

function pruned(draft: Draft): Draft {
  const unused = unusedKeys(draft)
  if (unused.length === 0) return draft
  const words = Object.entries(draft.words).map(([language, messages]) => [
    language,
    Object.fromEntries(Object.entries(messages).filter(([key]) => !unused.includes(key))),
  ])
  return { ...draft, words: withoutEmpty(Object.fromEntries(words)) }
}

/** English stays; another language that says nothing is none of the lesson's. */
function withoutEmpty(words: Readonly<Record<string, Readonly<Record<string, string>>>>): Draft['words'] {
  const said = Object.entries(words).filter(
    ([language, messages]) => language === 'en' || Object.keys(messages).length > 0,
  )
  return { en: {}, ...Object.fromEntries(said) }
}

function usedKeys(draft: Draft): Set<string> {
  return new Set(wordPlaces(draft).map(({ key }) => key))
}

function keysOf(step: Step): string[] {
  return wordPlaces({ steps: [step] }).flatMap(({ key, step: inStep }) => (inStep === undefined ? [] : [key]))
}

function freshKey(used: ReadonlySet<string>, base: string): string {
  for (let number = 1; ; number++) {
    const key = `${base}-${number}`
    if (!used.has(key)) return key
  }
}

function renamed(step: Step, name: (key: string) => string): Step {
  const { text, question, action } = step
  return withoutUndefined({
    ...step,
    text: text.map(name),
    question: question && {
      ...question,
      text: name(question.text),
      ...('choices' in question && {
        choices: question.choices.map((choice) => ({ ...choice, text: name(choice.text) })),
      }),
    },
    action: action && { ...action, text: name(action.text), done: name(action.done) },
  }) as unknown as Step
}

function withoutUndefined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
