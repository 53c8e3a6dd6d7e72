/**
 * What a lesson file may hold. A file of a reader's own is checked as strictly as ours: an error names the field, what was found there and what
 * was expected; lesson words are shown as text, whatever markup they hold.
 */

import { z } from 'zod'
import { ClsroomError } from '../../core/errors.ts'
import { faultOf, parametersOf } from '../../words/message_parts.ts'
import { type Expression, type Measures, measurementsIn, type Value } from './expression.ts'
import { LESSON_VERSION, type Lesson, type Question } from './lesson.ts'

/** Longer files are none of ours: they are refused before they are read. */
export const MAX_LESSON_BYTES = 1_000_000

const key = z.string().regex(/^[a-z][a-z0-9.-]{0,59}$/i, 'a key of letters, digits, dots and dashes')
const value: z.ZodType<Value> = z.union([z.number(), z.string().max(200), z.boolean(), z.null()])
const measurement = z.looseObject({ measure: z.string().min(1).max(60), at: z.enum(['now', 'start']).optional() })

/** One of several shapes, told by what is there: what does not fit is named inside that shape. */
function told<Of>(shapeOf: (found: unknown) => z.ZodType | string): z.ZodType<Of> {
  return z.unknown().superRefine((found, context) => {
    const shape = shapeOf(found)
    const issues = typeof shape === 'string' ? [{ path: [], message: shape }] : shape.safeParse(found).error?.issues
    for (const { path, message } of issues ?? []) context.addIssue({ code: 'custom', path: [...path], message })
  }) as z.ZodType<Of>
}

const expression: z.ZodType<Expression> = told((found) => {
  if (found === null || typeof found !== 'object') return value
  const operator = Object.keys(found).find((name) => Object.hasOwn(OPERATORS, name))
  return operator === undefined
    ? `${quoted(Object.keys(found)[0])} is none of ${Object.keys(OPERATORS).join(', ')}`
    : (OPERATORS[operator] as z.ZodType)
})
const two = z.tuple([expression, expression])
const some = z.array(expression).min(1).max(20)
const movement = { by: z.number().min(0).optional() }
const OPERATORS: Readonly<Record<string, z.ZodType>> = {
  measure: measurement,
  add: z.strictObject({ add: some }),
  subtract: z.strictObject({ subtract: two }),
  multiply: z.strictObject({ multiply: some }),
  divide: z.strictObject({ divide: two }),
  above: z.strictObject({ above: two }),
  below: z.strictObject({ below: two }),
  equal: z.strictObject({ equal: two }),
  near: z.strictObject({ near: z.tuple([expression, expression, expression]) }),
  all: z.strictObject({ all: some }),
  any: z.strictObject({ any: some }),
  not: z.strictObject({ not: expression }),
  rose: z.strictObject({ rose: measurement, ...movement }),
  fell: z.strictObject({ fell: measurement, ...movement }),
  changed: z.strictObject({ changed: measurement, ...movement }),
}

const asked = { text: key, judged: z.enum(['now', 'after']) }
const choices = z.strictObject({
  ...asked,
  choices: z
    .array(z.strictObject({ text: key, right: expression }))
    .min(2, 'at least two choices')
    .max(6, 'at most six choices'),
})
const number = z.strictObject({
  ...asked,
  number: z.strictObject({ answer: expression, within: z.number().min(0), unit: z.literal('%').optional() }),
})
const question = told<Question>((found) => (isObject(found) && 'number' in found ? number : choices))
const place = z
  .string()
  .regex(
    /^(token \d{1,4}|[a-z][a-z0-9-]{0,59}( \d{1,2})?)$/,
    'the test id of a part of the page, or “token” and its number',
  )

const step = z
  .strictObject({
    state: z.strictObject({ version: z.int().min(0), link: z.record(z.string(), z.unknown()) }).optional(),
    text: z.array(key).min(1).max(2),
    values: z
      .record(z.string().regex(/^[a-z]\w{0,29}$/i, 'a name of letters and digits, a letter first'), expression)
      .optional(),
    expects: expression.optional(),
    point: place.optional(),
    question: question.optional(),
    action: z
      .strictObject({
        text: key,
        until: expression,
        done: key,
        keys: z
          .array(z.strictObject({ focus: place, press: z.array(z.string().min(1).max(30)).min(1).max(40) }))
          .max(12),
      })
      .optional(),
  })
  .refine(({ question, action }) => question?.judged !== 'after' || action, {
    path: ['question', 'judged'],
    message: '“after” needs an action',
  })

const messages = z.record(key, z.string().min(1).max(2000))
const schema = z.strictObject({
  version: z.literal(LESSON_VERSION),
  id: z.string().regex(/^[a-z0-9-]{1,60}$/, 'small letters, digits and dashes'),
  lab: z.string().min(1).max(40),
  minutes: z.number().min(1, 'from 1 to 120').max(120, 'from 1 to 120'),
  sources: z
    .array(
      z.strictObject({
        title: z.string().min(1, 'a title').max(300),
        url: z.url({ protocol: /^https?$/, error: 'an address that begins with https://' }).optional(),
      }),
    )
    .min(1, 'at least one source')
    .max(12),
  terms: z
    .array(z.string().regex(/^[a-z0-9-]{1,40}$/, 'the name of a term, as links to the glossary have it'))
    .max(12)
    .optional(),
  words: z.object({ en: messages }).catchall(messages),
  steps: z.tuple([step], step),
})

/** By an older version: what turns its content into that of the next one. */
const MIGRATIONS: Readonly<Record<number, (content: object) => object>> = {}

/** What does not fit, and where. */
export interface LessonIssue {
  path: readonly (string | number)[]
  /** What was found there, where it is a word. */
  found?: string
  message: string
}

/** What does not fit the shape of a lesson. */
export function shapeIssues(content: unknown): LessonIssue[] {
  return schema.safeParse(content).error?.issues.map(issueOf) ?? []
}

/**
 * What a draft must have at the least to be shown in the editor: the shape of a lesson, whatever its fields hold. Null: it is none.
 */
export function parseDraft(content: unknown): Lesson | null {
  const parsed = draft.safeParse(content)
  return parsed.success ? (parsed.data as unknown as Lesson) : null
}

const list = z.array(z.string())
const draft = z.strictObject({
  version: z.literal(LESSON_VERSION),
  id: z.string(),
  lab: z.string(),
  minutes: z.number(),
  sources: z.array(z.strictObject({ title: z.string(), url: z.string().optional() })),
  terms: list.optional(),
  words: z.object({ en: z.record(z.string(), z.string()) }).catchall(z.record(z.string(), z.string())),
  steps: z
    .array(
      z.strictObject({
        state: z.strictObject({ version: z.int(), link: z.record(z.string(), z.unknown()) }).optional(),
        text: list,
        values: z.record(z.string(), z.unknown()).optional(),
        expects: z.unknown().optional(),
        point: z.string().optional(),
        question: z
          .union([
            z.strictObject({
              ...asked,
              text: z.string(),
              choices: z.array(z.strictObject({ text: z.string(), right: z.unknown() })),
            }),
            z.strictObject({
              ...asked,
              text: z.string(),
              number: z.strictObject({
                answer: z.unknown(),
                within: z.number(),
                unit: z.literal('%').optional(),
              }),
            }),
          ])
          .optional(),
        action: z
          .strictObject({
            text: z.string(),
            until: z.unknown(),
            done: z.string(),
            keys: z.array(z.strictObject({ focus: z.string(), press: list })),
          })
          .optional(),
      }),
    )
    .min(1),
})

/** What does not fit in one expression. */
export function expressionIssues(content: unknown): LessonIssue[] {
  return expression.safeParse(content).error?.issues.map(issueOf) ?? []
}

/** What a lesson measures that its lab cannot. */
export function measureIssues<State>(lesson: Pick<Lesson, 'steps'>, measures: Measures<State>): LessonIssue[] {
  return lesson.steps.flatMap((one, number) =>
    expressionsIn(one).flatMap(([expression, path]) =>
      measuredIssues(expression, measures).map(({ path: inner, ...issue }) => ({
        ...issue,
        path: ['steps', number, ...path, ...inner],
      })),
    ),
  )
}

/** What one expression, of the right shape, measures that the lab cannot. */
export function measuredIssues<State>(expression: Expression, measures: Measures<State>): LessonIssue[] {
  return measurementsIn(expression).flatMap(([{ measure, at: _, ...given }, path]): LessonIssue[] => {
    const known = Object.hasOwn(measures, measure) ? measures[measure] : undefined
    if (!known) return [{ path, message: `${quoted(measure)} is none of ${Object.keys(measures).join(', ')}` }]
    const issues = known.schema.safeParse(given).error?.issues ?? []
    return issues.map(issueOf).map((issue) => ({ ...issue, path: [...path, ...issue.path] }))
  })
}

/** @throws ClsroomError `state` that names every field that does not fit (three at most) */
export function parseLesson(content: unknown): Lesson {
  const lesson = migrated(content)
  const issues = shapeIssues(lesson)
  if (issues.length === 0) issues.push(...wordIssues(lesson as Lesson))
  if (issues.length > 0) throw refused(issues.map(sayIssue))
  return lesson as Lesson
}

/** @throws ClsroomError `state` where a lesson measures what its lab cannot */
export function checkMeasures<State>(lesson: Lesson, measures: Measures<State>): void {
  const wrong = measureIssues(lesson, measures)
  if (wrong.length > 0) throw refused(wrong.map(sayIssue))
}

function issueOf({ path, message }: { path: PropertyKey[]; message: string }): LessonIssue {
  return { path: path.map((part) => (typeof part === 'number' ? part : String(part))), message }
}

function sayIssue({ path, found, message }: LessonIssue): string {
  return `${path.join('.') || 'the file'}${found === undefined ? '' : ` ${quoted(found)}`}: ${message}`
}

function quoted(word: string | undefined): string {
  return `“${word ?? ''}”`
}

function isObject(found: unknown): found is object {
  return typeof found === 'object' && found !== null
}

function migrated(content: unknown): unknown {
  let at = content
  while (isVersioned(at) && at.version !== LESSON_VERSION) {
    const next = MIGRATIONS[at.version]
    if (!next) throw refused([`version: ${at.version}, and this page knows ${LESSON_VERSION}`])
    at = { ...next(at), version: at.version + 1 }
  }
  return at
}

function isVersioned(content: unknown): content is { version: number } {
  return (
    typeof content === 'object' && content !== null && typeof (content as { version?: unknown }).version === 'number'
  )
}

/** Words that English lacks, that cannot be said, or that take what is no value of their step. */
export function wordIssues(lesson: Lesson): LessonIssue[] {
  return wordPlaces(lesson).flatMap(({ path, key, step }): LessonIssue[] => {
    if (lesson.words.en[key] === undefined) return [{ path, found: key, message: 'no words in English' }]
    const values = Object.keys((step !== undefined && lesson.steps[step]?.values) || {})
    return Object.entries(lesson.words).flatMap(([language, words]): LessonIssue[] => {
      const message = words[key]
      if (message === undefined) return []
      const fault = faultOf(message)
      const unknown = fault ? undefined : parametersOf(message).find((one) => !values.includes(one))
      const told = fault ?? (unknown && `{${unknown}} is no value of this step`)
      return told ? [{ path, found: `${language}.${key}`, message: told }] : []
    })
  })
}

/** Every place of a lesson that names words: its path, the key, and the step that it is in. */
export function wordPlaces({
  steps,
}: Pick<Lesson, 'steps'>): { path: (string | number)[]; key: string; step?: number }[] {
  return [
    { path: ['words', 'en', 'title'], key: 'title' },
    { path: ['words', 'en', 'about'], key: 'about' },
    ...steps.flatMap(({ text, question, action }, step) => {
      const place = (key: string, ...path: (string | number)[]) => ({ path: ['steps', step, ...path], key, step })
      return [
        ...text.map((key, at) => place(key, 'text', at)),
        ...(question ? [place(question.text, 'question', 'text')] : []),
        ...(question && 'choices' in question
          ? question.choices.map(({ text: key }, at) => place(key, 'question', 'choices', at, 'text'))
          : []),
        ...(action ? [place(action.text, 'action', 'text'), place(action.done, 'action', 'done')] : []),
      ]
    }),
  ]
}

function expressionsIn({ values = {}, expects, question, action }: Lesson['steps'][number]): [Expression, string[]][] {
  return [
    ...Object.entries(values).map(([name, one]): [Expression, string[]] => [one, ['values', name]]),
    ...(expects === undefined ? [] : [[expects, ['expects']] as [Expression, string[]]]),
    ...(question && 'number' in question
      ? [[question.number.answer, ['question', 'number', 'answer']] as [Expression, string[]]]
      : []),
    ...(question && 'choices' in question
      ? question.choices.map(({ right }, place): [Expression, string[]] => [
          right,
          ['question', 'choices', `${place}`, 'right'],
        ])
      : []),
    ...(action ? [[action.until, ['action', 'until']] as [Expression, string[]]] : []),
  ]
}

const MOST_TOLD = 3

/** @param found each field that does not fit, and why: `place: why` */
export function refused(found: readonly string[]): ClsroomError {
  return new ClsroomError('state', 'This file is no lesson that can be shown', {
    found: found.slice(0, MOST_TOLD).join('; '),
    expected: 'a lesson as the editor of lessons writes it',
    advice: 'Mend the field that is named; nothing on the page has changed',
  })
}
