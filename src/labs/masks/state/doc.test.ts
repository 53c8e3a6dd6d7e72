import { describe, expect, test } from 'vitest'
import { insert } from '../../../sequence/edit.ts'
import { paint, readable } from '../../../sequence/mask.ts'
import { active } from '../../../sequence/token.ts'
import {
  createDoc,
  cutPieces,
  decodeDoc,
  encodeDoc,
  specialEntry,
  usualRules,
  withNamed,
  withoutText,
  withPaint,
  withRules,
  withText,
  withTexts,
} from './doc.ts'
import { schema } from './link_schema.ts'
import { NAMED, namedMask } from './named.ts'
import type { RuleText } from './rules.ts'
import { letters, lettersModel } from './testing/letters.ts'

const model = lettersModel()
const docOf = (...texts: string[]) => createDoc(model, texts, texts.map(letters))
const labels = (doc: ReturnType<typeof docOf>) => active(doc.sequence).map(({ label }) => label)

describe('a document', () => {
  test('of an encoder and of a decoder', () => {
    expect(labels(docOf('ab', 'c'))).toEqual(['[CLS]', 'a', 'b', '[SEP]', 'c', '[SEP]'])
    const decoder = lettersModel(true)
    const doc = createDoc(decoder, ['ab'], [letters('ab')])
    expect(active(doc.sequence).map(({ kind }) => kind)).toEqual(['bos', 'word', 'word', 'eos'])
    expect(doc.rules).toEqual([{ text: 'k <= q' }])
  })

  test('of an empty text is its separators', () => {
    expect(labels(docOf(''))).toEqual(['[CLS]', '[SEP]'])
  })

  test('keeps what was done by hand while its texts are typed', () => {
    const doc = docOf('ab', 'c')
    const sequence = insert(doc.sequence, 1, specialEntry(model.tokenizer, 'memory'))
    const typed = withTexts(model, { ...doc, sequence }, ['abd', 'c'], [letters('abd'), letters('c')])
    expect(labels(typed)).toEqual(['[CLS]', '[MEMORY]', 'a', 'b', 'd', '[SEP]', 'c', '[SEP]'])
    expect(labels(withText(model, typed, 'e', letters('e'))).slice(-2)).toEqual(['e', '[SEP]'])
    expect(labels(withoutText(model, typed, 0))).toEqual(['[CLS]', '[MEMORY]', 'c', '[SEP]'])
  })

  test('is cut at what the model reads, and says by how much', () => {
    const small = lettersModel(false, 8)
    const doc = createDoc(small, ['abcde', 'abcde'], [letters('abcde'), letters('abcde')])
    expect(active(doc.sequence)).toHaveLength(8)
    expect(cutPieces(doc)).toBe(5)
    const full = Array.from({ length: 9 }, () => specialEntry(small.tokenizer, 'memory'))
    const crowded = { ...doc, sequence: full.reduce((next, entry) => insert(next, 1, entry), doc.sequence) }
    expect(() => withRules(small, crowded, [])).not.toThrow()
    expect(() => withNamed(small, crowded, namedMask('vidt') as (typeof NAMED)[number])).toThrow('too long')
  })
})

describe('a mask by its name', () => {
  test('brings the tokens that it is about once', () => {
    const once = withNamed(model, docOf('abcd'), namedMask('flamingo') as (typeof NAMED)[number])
    expect(labels(once).filter((label) => label === '[IMAGE]')).toHaveLength(6)
    const twice = withNamed(model, once, namedMask('flamingo') as (typeof NAMED)[number])
    expect(labels(twice)).toEqual(labels(once))
    expect(once.rules).toHaveLength(1)
  })

  test.each(NAMED.map((named) => [named.id, named] as const))('%s has a meaning on any texts', (_, named) => {
    for (const doc of [docOf('abcd', 'abc', 'e'), docOf('')]) {
      const masked = withNamed(model, doc, named)
      const mayRead = readable(masked.sequence, masked.mask)
      const rows = active(masked.sequence).map((__, row) => row)
      expect(rows.some((q) => rows.some((k) => mayRead(0, q, k)))).toBe(true)
    }
  })
})

describe('a link', () => {
  const rules: RuleText[] = [
    { text: 'k <= q or kind(q) == memory', layers: [0, 1] },
    { text: 'abs(q - k) < w where w = 3', heads: [1, 1] },
  ]

  test('brings back texts, tokens, rules and paint', async () => {
    const doc = withRules(model, docOf('abc', 'de'), rules)
    const sequence = insert(doc.sequence, 1, specialEntry(model.tokenizer, 'memory'), 2)
    const [first, second] = active(sequence)
    const cells = paint(doc.mask, [
      { layer: 'all', query: second?.key ?? 0, key: first?.key ?? 0, readable: true },
      { layer: 1, query: first?.key ?? 0, key: second?.key ?? 0, readable: false },
    ]).paint
    const edited = withPaint({ ...doc, sequence }, cells)
    const link = schema.parse(JSON.parse(JSON.stringify(encodeDoc(edited))))
    const { doc: opened, problem } = decodeDoc(model, link, link.texts.map(letters))
    expect(problem).toBeNull()
    expect(opened.sequence).toEqual(edited.sequence)
    expect(opened.mask).toEqual(edited.mask)
    expect(opened.rules).toEqual(rules)
  })

  test('without rules has the model’s own', () => {
    const { doc } = decodeDoc(model, { lab: 'masks', model: 'm', texts: ['a'] }, [letters('a')])
    expect(doc.rules).toEqual(usualRules(model.info))
  })

  test('with a rule that is no formula is refused in words', () => {
    const link = { lab: 'masks' as const, model: 'm', texts: ['a'], rules: [{ text: 'k <=' }] }
    expect(() => decodeDoc(model, link, [letters('a')])).toThrow('no formula')
  })
})
