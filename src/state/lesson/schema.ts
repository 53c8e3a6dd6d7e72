/**
 * What a lesson file may hold. A file of a reader's own is checked as strictly as ours: an error names the field, what was found there and what
 * was expected; lesson words are shown as text, whatever markup they hold.
 */

import { z } from 'zod'
import { ClsroomError } from '../../core/errors.ts'
import { type Expression, type Measures, measurementsIn, type Value } from './expression.ts'
import { LESSON_VERSION, type Lesson } from './lesson.ts'

/** Longer files are none of ours: they are refused before they are read. */
export const MAX_LESSON_BYTES = 1_000_000

const key = z.string().regex(/^[a-z][a-z0-9.-]{0,59}$/i, 'a key of letters, digits, dots and dashes')
const value: z.ZodType<Value> = z.union([z.number(), z.string().max(200), z.boolean(), z.null()])
const measurement = z.looseObject({ measure: z.string().min(1).max(60), at: z.enum(['now', 'start']).optional() })

const expression: z.ZodType<Expression> = z.lazy(() => {
  const two = z.tuple([expression, expression])
  const some = z.array(expression).min(1).max(20)
  const movement = { by: z.number().min(0).optional() }
  return z.union([
    value,
    measurement,
    z.strictObject({ add: some }),
    z.strictObject({ subtract: two }),
    z.strictObject({ multiply: some }),
    z.strictObject({ divide: two }),
    z.strictObject({ above: two }),
    z.strictObject({ below: two }),
    z.strictObject({ equal: two }),
    z.strictObject({ near: z.tuple([expression, expression, expression]) }),
    z.strictObject({ all: some }),
    z.strictObject({ any: some }),
    z.strictObject({ not: expression }),
    z.strictObject({ rose: measurement, ...movement }),
    z.strictObject({ fell: measurement, ...movement }),
    z.strictObject({ changed: measurement, ...movement }),
  ])
})

const asked = { text: key, judged: z.enum(['now', 'after']) }
const question = z.union([
  z.strictObject({
    ...asked,
    choices: z
      .array(z.strictObject({ text: key, right: expression }))
      .min(2)
      .max(6),
  }),
  z.strictObject({
    ...asked,
    number: z.strictObject({ answer: expression, within: z.number().min(0), unit: z.literal('%').optional() }),
  }),
])
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
    values: z.record(z.string().regex(/^[a-z]\w{0,29}$/i), expression).optional(),
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
  minutes: z.number().min(1).max(120),
  sources: z
    .array(z.strictObject({ title: z.string().min(1).max(300), url: z.url({ protocol: /^https?$/ }).optional() }))
    .min(1)
    .max(12),
  words: z.object({ en: messages }).catchall(messages),
  steps: z.tuple([step], step),
})

/** By an older version: what turns its content into that of the next one. */
const MIGRATIONS: Readonly<Record<number, (content: object) => object>> = {}

/** @throws ClsroomError `state` that names every field that does not fit (three at most) */
export function parseLesson(content: unknown): Lesson {
  const parsed = schema.safeParse(migrated(content))
  if (!parsed.success) throw refused(parsed.error.issues.map(({ path, message }) => `${pathName(path)}: ${message}`))
  const lesson = parsed.data as Lesson
  const missing = missingWords(lesson)
  if (missing.length > 0) throw refused(missing.map((where) => `${where}: words.en has no such key`))
  return lesson
}

/** @throws ClsroomError `state` where a lesson measures what its lab cannot */
export function checkMeasures<State>(lesson: Lesson, measures: Measures<State>): void {
  const wrong = lesson.steps.flatMap((one, number) =>
    expressionsIn(one).flatMap(([expression, path]) =>
      measurementsIn(expression).flatMap(([{ measure, at: _, ...given }, inner]) => {
        const where = pathName(['steps', number, ...path, ...inner])
        const known = measures[measure]
        if (!known) return [`${where}: “${measure}” is none of ${Object.keys(measures).join(', ')}`]
        const parsed = known.schema.safeParse(given)
        return parsed.success
          ? []
          : parsed.error.issues.map((issue) => `${pathName([where, ...issue.path])}: ${issue.message}`)
      }),
    ),
  )
  if (wrong.length > 0) throw refused(wrong)
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

/** Where a step or the lesson itself names words that English lacks. */
function missingWords({ words, steps }: Lesson): string[] {
  const keys: [string, string][] = [
    ['words.en', 'title'],
    ['words.en', 'about'],
    ...steps.flatMap(({ text, question, action }, number): [string, string][] => [
      ...text.map((one, place): [string, string] => [`steps.${number}.text.${place}`, one]),
      ...(question ? [[`steps.${number}.question.text`, question.text] as [string, string]] : []),
      ...(question && 'choices' in question
        ? question.choices.map(({ text: said }, place): [string, string] => [
            `steps.${number}.question.choices.${place}`,
            said,
          ])
        : []),
      ...(action
        ? ([
            [`steps.${number}.action.text`, action.text],
            [`steps.${number}.action.done`, action.done],
          ] as [string, string][])
        : []),
    ]),
  ]
  return keys.filter(([, one]) => words.en[one] === undefined).map(([where, one]) => `${where} “${one}”`)
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

function pathName(path: readonly PropertyKey[]): string {
  return path.map(String).join('.') || 'the file'
}

const MOST_TOLD = 3

function refused(found: readonly string[]): ClsroomError {
  return new ClsroomError('state', 'This file is no lesson that can be shown', {
    found: found.slice(0, MOST_TOLD).join('; '),
    expected: 'a lesson as the editor of lessons writes it',
    advice: 'Mend the field that is named; nothing on the page has changed',
  })
}
