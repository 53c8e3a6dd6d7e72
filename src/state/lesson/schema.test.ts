import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { measure } from './expression.ts'
import { checkMeasures, parseLesson } from './schema.ts'

const LESSON = {
  version: 1,
  id: 'mine',
  lab: 'text',
  minutes: 2,
  sources: [{ title: 'A paper, section 2' }],
  words: { en: { title: 'Mine', about: 'What it is', a: 'A of {share, number, two}', b: 'B' } },
  steps: [
    {
      text: ['a'],
      values: { share: { measure: 'share', layer: 1 } },
      question: {
        text: 'a',
        judged: 'after',
        choices: [
          { text: 'a', right: true },
          { text: 'b', right: { above: [1, 2] } },
        ],
      },
      action: {
        text: 'b',
        until: { fell: { measure: 'share', layer: 1 } },
        done: 'a',
        keys: [{ focus: 'token 1', press: ['m'] }],
      },
    },
  ],
}

/** The lesson with one field replaced. */
function changed(path: string, value: unknown): unknown {
  const copy = structuredClone(LESSON) as unknown as Record<string, unknown>
  const keys = path.split('.')
  const last = keys.pop() as string
  let at = copy
  for (const key of keys) at = at[key] as Record<string, unknown>
  at[last] = value
  return copy
}

it('takes a lesson as it is', () => {
  expect(parseLesson(LESSON)).toEqual(LESSON)
})

describe('an error names the field', () => {
  it.each([
    ['version', 7, 'version: 7, and this page knows 1'],
    ['id', '../../secrets', 'id: '],
    ['steps', [], 'steps'],
    ['steps.0.text', ['a', 'b', 'a'], 'steps.0.text'],
    ['steps.0.text', ['missing'], 'steps.0.text.0 “missing”: no words in English'],
    ['steps.0.action.done', 'missing', 'steps.0.action.done “missing”'],
    ['steps.0.action.until', { evil: 1 }, 'steps.0.action.until: “evil” is none of measure, add'],
    ['steps.0.action.until', { all: [{ above: [1] }] }, 'steps.0.action.until.all.0.above'],
    ['steps.0.question.choices.1.right', { toString: 1 }, 'steps.0.question.choices.1.right: “toString” is none of'],
    ['steps.0.question.choices', [], 'steps.0.question.choices: at least two choices'],
    ['words.en.b', 'of {a', 'steps.0.question.choices.1.text “en.b”: Unexpected message end'],
    ['words.en.b', '{share, foo}', '{share, foo} is none of number'],
    ['words.en.b', '{share, plural, one {#}}', '{share, plural} needs other'],
    ['words.en.b', '{part, number, percent}', '“en.b”: {part} is no value of this step'],
    ['steps.0.point', '<img src=x onerror=alert(1)>', 'steps.0.point'],
    ['steps.0.action', undefined, 'steps.0.question.judged: “after” needs an action'],
    ['sources.0.url', 'javascript:alert(1)', 'sources.0.url'],
    ['words.en', { title: 'Mine' }, 'words.en.about'],
    ['surprise', 1, 'surprise'],
  ])('%s = %j', (path, value, told) => {
    expect(() => parseLesson(changed(path, value))).toThrow(told)
  })

  it.each([null, 7, 'text', [], {}])('in the place of a file: %j', (content) => {
    expect(() => parseLesson(content)).toThrow('This file is no lesson that can be shown')
  })
})

it('refuses what the lab cannot measure, and arguments that the measure does not take', () => {
  const lesson = parseLesson(LESSON)
  const share = measure(z.strictObject({ layer: z.int() }), () => 1)
  expect(() => checkMeasures(lesson, { share })).not.toThrow()
  expect(() => checkMeasures(lesson, { norm: share })).toThrow('steps.0.values.share: “share” is none of norm')
  const strict = measure(z.strictObject({ head: z.int() }), () => 1)
  expect(() => checkMeasures(lesson, { share: strict })).toThrow('steps.0.action.until.fell.head')
})
