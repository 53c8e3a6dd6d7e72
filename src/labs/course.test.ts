/** Every lesson of the course fits its schema and its lab, and says the same in both languages. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Lesson } from '../state/lesson/lesson.ts'
import { checkMeasures, parseLesson } from '../state/lesson/schema.ts'
import { hasLamePlural, partsOf } from '../words/testing/messages.ts'
import { COURSE } from './course.ts'
import { LABS } from './index.ts'
import { lessonFile } from './lesson_files.ts'

const LESSONS = COURSE.map(({ id, lab }): Lesson => {
  return parseLesson(JSON.parse(readFileSync(new URL(`./${lab}/lessons/${id}.json`, import.meta.url), 'utf8')))
})

it('lists each lesson once, under the name and the lab that its file has', () => {
  expect(new Set(COURSE.map(({ id }) => id)).size).toBe(COURSE.length)
  expect(LESSONS.map(({ id, lab }) => ({ id, lab }))).toEqual(COURSE)
  for (const { id } of COURSE) expect(lessonFile(id)).toBeDefined()
  expect(lessonFile('../secrets')).toBeUndefined()
})

describe.each(LESSONS.map((lesson) => [lesson.id, lesson] as const))('%s', (_, lesson) => {
  it('measures what its lab can, and opens links that its lab knows', async () => {
    const definition = LABS.find(({ id }) => id === lesson.lab)
    const parts = await definition?.parts()
    const measures = (await parts?.measures?.())?.default
    if (!parts || !measures) throw new Error(`the lab ${lesson.lab} cannot be measured`)
    checkMeasures(lesson, measures)
    const schema = await parts.format.schema()
    for (const { state } of lesson.steps) {
      if (!state) continue
      expect(state.version).toBe(parts.format.version)
      expect(schema.safeParse({ ...state.link, lab: lesson.lab }).error?.issues ?? []).toEqual([])
    }
  })

  it('says the same in both languages', () => {
    const { en, ru } = lesson.words
    expect(Object.keys(ru ?? {}).sort()).toEqual(Object.keys(en).sort())
    for (const [key, message] of Object.entries(en)) {
      const other = ru?.[key] ?? ''
      expect([...partsOf(other)].sort(), key).toEqual([...partsOf(message)].sort())
      expect(hasLamePlural(other), other).toBe(false)
    }
  })

  it('has in each step what its words take, asks something and has something done', () => {
    for (const step of lesson.steps) {
      const keys = [...step.text, step.question?.text, step.action?.text, step.action?.done].filter(
        (key) => key !== undefined,
      )
      for (const key of keys) {
        // A token by its name, <eos>, is no parameter.
        const parameters = [...partsOf(lesson.words.en[key] ?? '')].filter((part) => !part.startsWith('<'))
        for (const parameter of parameters) expect(Object.keys(step.values ?? {})).toContain(parameter)
      }
    }
    expect(lesson.steps.some(({ question }) => question)).toBe(true)
    expect(lesson.steps.some(({ action }) => action)).toBe(true)
  })
})
