import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  addChoice,
  addStep,
  changeAction,
  changeChoices,
  changeQuestion,
  changeStep,
  type Draft,
  duplicateStep,
  emptyDraft,
  moveStep,
  problemsOf,
  removeStep,
  setAction,
  setParagraphs,
  setQuestion,
  setWords,
  startFrom,
  unread,
  unusedKeys,
} from './draft.ts'
import { createEditor, keptDraft } from './editor.ts'
import { type Measures, measure } from './expression.ts'
import { checkMeasures, parseDraft, parseLesson, wordPlaces } from './schema.ts'

const measures: Measures<object> = { share: measure(z.strictObject({ layer: z.int() }), () => 1) }
const share = { measure: 'share', layer: 1 }

/** A lesson of two steps, written by edits alone. */
function written(): Draft {
  let draft = emptyDraft('text')
  draft = { ...draft, sources: [{ title: 'A paper' }] }
  draft = setWords(setWords(draft, 'en', 'title', 'Mine'), 'en', 'about', 'What it is')
  draft = changeStep(draft, 0, { state: { version: 2, link: { model: 'm' } }, values: { part: share } })
  draft = setQuestion(setAction(draft, 0, true), 0, 'choices')
  draft = changeAction(draft, 0, { until: { fell: share }, keys: [{ focus: 'token 1', press: ['m'] }] })
  draft = changeChoices(draft, 0, (choices) => choices.map((choice) => ({ ...choice, right: { fell: share } })))
  draft = setQuestion(addStep(draft, 0), 1, 'number')
  draft = changeQuestion(draft, 1, { number: { answer: share, within: 0.1 } })
  for (const { key } of wordPlaces(draft))
    draft = draft.words.en[key] ? draft : setWords(draft, 'en', key, `Say ${key}`)
  return draft
}

it('becomes a lesson by edits alone', () => {
  expect(problemsOf(written(), measures)).toEqual([])
  expect(parseLesson(written()).steps).toHaveLength(2)
})

it('says of an empty draft what is missing, by field', () => {
  const fields = problemsOf(emptyDraft('text'), measures).map(({ path }) => path.join('.'))
  expect(fields).toEqual(['words.en.title', 'words.en.about', 'steps.0.text.0', 'sources.0.title'])
})

it('says where an expression is not written, is no JSON or is none', () => {
  const until = (value: unknown) => problemsOf(changeAction(written(), 0, { until: value as never }), measures)
  expect(until(unread(''))).toEqual([{ path: ['steps', 0, 'action', 'until'], message: 'not chosen yet' }])
  expect(until(unread('{'))[0]?.message).toMatch(/JSON/)
  expect(until({ fell: { measure: 'norm' } })[0]?.message).toContain('“norm” is none of share')
  expect(until({ all: [{ evil: 1 }] })[0]).toMatchObject({ path: ['steps', 0, 'action', 'until', 'all', 0] })
})

it('has no words but those that a step names', () => {
  expect(unusedKeys(written())).toEqual([])
  const words = (draft: Draft) => Object.keys(draft.words.en)
  expect(words(removeStep(written(), 1)).length).toBeLessThan(words(written()).length)
  expect(unusedKeys(setQuestion(written(), 0, 'none'))).toEqual([])
  expect(words(setParagraphs(written(), 0, 1))).toEqual(words(written()))
})

it('gives a step that is duplicated words of its own', () => {
  const twice = duplicateStep(setWords(written(), 'ru', 'text-1', 'Скажи'), 0)
  expect(twice.steps).toHaveLength(3)
  const [first, second] = twice.steps.map(({ text }) => text[0] as string) as [string, string]
  expect(second).not.toBe(first)
  expect(twice.words.ru?.[second]).toBe('Скажи')
  expect(setWords(twice, 'en', second, 'Other').words.en[first]).toBe('Say text-1')
})

it('lets a language go that says nothing', () => {
  const both = setWords(written(), 'ru', 'title', 'Мой')
  expect(Object.keys(both.words)).toEqual(['en', 'ru'])
  expect(Object.keys(setWords(both, 'ru', 'title', '').words)).toEqual(['en'])
})

it('starts from another lesson under a name of its own', () => {
  expect(startFrom({ ...written(), id: 'sep-sink' }).id).toBe('my-sep-sink')
})

/** Every edit that the editor makes, at any step. */
const edits = fc.array(
  fc.oneof(
    fc.record({ edit: fc.constantFrom('add', 'duplicate', 'remove', 'action', 'no action', 'choice'), at: fc.nat(5) }),
    fc.record({ edit: fc.constant('move'), at: fc.nat(5), to: fc.nat(5) }),
    fc.record({ edit: fc.constantFrom('none', 'choices', 'number'), at: fc.nat(5) }),
    fc.record({ edit: fc.constant('paragraphs'), at: fc.nat(5), count: fc.constantFrom(1, 2) }),
    fc.record({
      edit: fc.constant('say'),
      at: fc.nat(40),
      language: fc.constantFrom('en', 'ru'),
      message: fc.string({ maxLength: 12 }),
    }),
    fc.record({ edit: fc.constant('until'), at: fc.nat(5), until: fc.jsonValue({ maxDepth: 3 }) }),
  ),
  { maxLength: 30 },
)

function edited(draft: Draft, one: Record<string, unknown> & { edit: string; at: number }): Draft {
  const { at } = one
  switch (one.edit) {
    case 'add':
      return addStep(draft, Math.min(at, draft.steps.length - 1))
    case 'duplicate':
      return duplicateStep(draft, at)
    case 'remove':
      return removeStep(draft, at)
    case 'move':
      return moveStep(draft, at, one.to as number)
    case 'action':
      return at < draft.steps.length ? setAction(draft, at, true) : draft
    case 'no action':
      return at < draft.steps.length ? setAction(draft, at, false) : draft
    case 'choice':
      return addChoice(draft, at)
    case 'paragraphs':
      return setParagraphs(draft, at, one.count as 1 | 2)
    case 'say': {
      const places = wordPlaces(draft)
      const { key } = places[at % places.length] as { key: string }
      return setWords(draft, one.language as string, key, one.message as string)
    }
    case 'until':
      return changeAction(draft, at, { until: one.until as never })
    default:
      return setQuestion(draft, at, one.edit as 'none' | 'choices' | 'number')
  }
}

it('whatever is edited, it is a lesson that the schema takes, or its problems are named; nothing is left over', () => {
  fc.assert(
    fc.property(edits, (list) => {
      const draft = list.reduce<Draft>((at, one) => edited(at, one as never), written())
      expect(parseDraft(JSON.parse(JSON.stringify(draft)))).not.toBeNull()
      expect(unusedKeys(draft)).toEqual([])
      expect(draft.steps.length).toBeGreaterThan(0)
      const problems = problemsOf(draft, measures)
      for (const { path, message } of problems) expect([path.length > 0, message !== '']).toEqual([true, true])
      const whole = JSON.parse(JSON.stringify(draft))
      if (problems.length === 0) expect(parseLesson(whole)).toEqual(draft)
      else expect(() => checkMeasures(parseLesson(whole), measures)).toThrow('no lesson that can be shown')
    }),
    { numRuns: 300 },
  )
})

describe('the draft that is kept', () => {
  const storage = () => {
    const kept = new Map<string, string>()
    return {
      kept,
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    }
  }

  it('is there again, and is gone when it is discarded', () => {
    const disk = storage()
    const editor = createEditor(disk, 'text')
    editor.edit(written())
    expect(createEditor(disk, 'vision').store.getState().draft).toEqual(written())
    editor.replace(emptyDraft('text'))
    expect(keptDraft(disk)).toBeNull()
    editor.undo()
    expect(keptDraft(disk)).toEqual(written())
  })

  it('follows another tab that has written on; what it was here is one step back', () => {
    const disk = storage()
    const [one, other] = [createEditor(disk, 'text'), createEditor(disk, 'text')]
    one.edit(setWords(one.store.getState().draft, 'en', 'title', 'Mine'), 'title')
    other.catchUp('clsroom.lessons')
    expect(other.store.getState().draft.words.en.title).toBeUndefined()
    other.catchUp('clsroom.lesson-draft')
    other.edit(setWords(other.store.getState().draft, 'en', 'about', 'It'), 'about')
    expect(keptDraft(disk)?.words.en).toMatchObject({ title: 'Mine', about: 'It' })
    other.undo()
    other.undo()
    expect(other.store.getState().draft.words.en.title).toBeUndefined()
  })

  it('takes back what was typed at once, and what was done by itself', () => {
    const editor = createEditor(storage(), 'text')
    const say = (text: string) => editor.edit(setWords(editor.store.getState().draft, 'en', 'title', text), 'title')
    for (const text of ['M', 'Mi', 'Min']) say(text)
    editor.edit(addStep(editor.store.getState().draft, 0))
    editor.undo()
    expect(editor.store.getState().draft.words.en.title).toBe('Min')
    editor.undo()
    expect(editor.store.getState().draft.words.en.title).toBeUndefined()
  })

  it('is none where others wrote there; a browser that keeps nothing is told of', () => {
    const disk = storage()
    for (const text of ['{', '7', '{"version":1,"steps":[]}']) {
      disk.kept.set('clsroom.lesson-draft', text)
      expect(keptDraft(disk)).toBeNull()
    }
    const full = {
      ...storage(),
      setItem: () => {
        throw new Error('full')
      },
    }
    const editor = createEditor(full, 'text')
    editor.edit(written())
    expect(editor.store.getState()).toMatchObject({ kept: false, draft: written() })
  })
})
