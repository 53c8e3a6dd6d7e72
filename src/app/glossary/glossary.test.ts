/** Every term is explained in both languages, and what it shows opens. */

import { describe, expect, it } from 'vitest'
import { COURSE } from '../../labs/course.ts'
import { LABS } from '../../labs/index.ts'
import { lessonFile } from '../../labs/lesson_files.ts'
import { parseLesson } from '../../state/lesson/schema.ts'
import { decodeLink, encodeLink } from '../../state/permalink.ts'
import { linkTo } from './seen.ts'
import { TERMS } from './terms.ts'
import { en } from './words/en.ts'
import ru from './words/ru.ts'

it('holds at least eighty terms, each once, and no word of another', () => {
  const ids = TERMS.map(({ id }) => id)
  expect(ids.length).toBeGreaterThanOrEqual(80)
  expect(new Set(ids).size).toBe(ids.length)
  const named = Object.keys(en).filter((key) => key.startsWith('term.'))
  expect(named.sort()).toEqual(ids.map((id) => `term.${id}`).sort())
  for (const words of [en, ru]) {
    const names = named.map((key) => words[key as 'term.cls'])
    expect(new Set(names).size, 'two terms of one name').toBe(names.length)
  }
})

describe.each(TERMS.map((term) => [term.id, term] as const))('%s', (id, { see, source }) => {
  it('is told in one to three sentences, in Russian in its own', () => {
    for (const words of [en, ru]) {
      const told = words[`is.${id}`]
      const sentences = told.split(/[.!?](?:\s|$)/).filter(Boolean).length
      expect(sentences, told).toBeGreaterThanOrEqual(1)
      expect(sentences, told).toBeLessThanOrEqual(3)
    }
    expect(ru[`is.${id}`]).toMatch(/\p{Script=Cyrillic}/u)
    expect(source.length).toBeGreaterThan(3)
  })

  it('opens what it shows', async () => {
    if ('lesson' in see) {
      expect(COURSE.map((one) => one.id)).toContain(see.lesson)
      const { default: content } = (await lessonFile(see.lesson)?.()) ?? {}
      expect(parseLesson(content).steps[see.step]).toBeDefined()
      return
    }
    const parts = await LABS.find(({ id: lab }) => lab === see.lab)?.parts()
    if (!parts) throw new Error(`there is no lab ${see.lab}`)
    const link = linkTo(see, parts)
    expect(await decodeLink(parts.format, encodeLink(parts.format, link))).toMatchObject({ lab: see.lab })
    if (see.tool === undefined) return
    const sets = await parts.tools()
    const tools = sets.filter(({ fits }) => fits(link)).flatMap(({ groups }) => groups.flatMap((group) => group.tools))
    expect(tools.map((tool) => tool.id)).toContain(see.tool)
  })
})

it.each(COURSE)('holds what the lesson $id names', async ({ id }) => {
  const { terms = [] } = parseLesson((await lessonFile(id)?.())?.default)
  expect(terms.length).toBeGreaterThan(0)
  for (const term of terms) expect(TERMS.map((one) => String(one.id))).toContain(term)
})
