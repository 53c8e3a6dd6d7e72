import { expect, test } from 'vitest'
import type { Piece } from '../../../core/tokens.ts'
import { replace } from '../../../sequence/edit.ts'
import { coverageOf } from './coverage.ts'
import { createDoc } from './doc.ts'

const special = (id: number, label: string) => ({ id, label })
const tokenizer = {
  specials: { unk: special(0, '[UNK]'), cls: special(1, '[CLS]'), sep: special(2, '[SEP]') },
  labels: [],
}
/** One piece for every two letters; a 🦄 is unknown. */
function pieces(text: string): Piece[] {
  return Array.from(text.matchAll(/🦄|\w\w?/gu), ({ 0: part, index }) => ({
    id: part === '🦄' ? 0 : 3,
    label: part === '🦄' ? '[UNK]' : part,
    text: part,
    start: index,
    end: index + part.length,
  }))
}
const docOf = (limit: number, ...texts: string[]) =>
  createDoc({ id: 'm', maxTokens: limit, tokenizer }, texts, texts.map(pieces))

test('pieces, words between white space, and unknowns with what was written', () => {
  const coverage = coverageOf(docOf(40, 'abcd a 🦄', 'ab,cd'))
  expect(coverage).toMatchObject({ pieces: 6, words: 4 })
  expect(coverage.unknown.map(({ text }) => text)).toEqual(['🦄'])
})

test('a text that is cut counts as far as it is read', () => {
  expect(coverageOf(docOf(4, 'ab ab ab ab'))).toMatchObject({ pieces: 2, words: 2 })
})

test('an unknown that was replaced is still one', () => {
  const doc = docOf(40, 'a 🦄')
  const key = doc.sequence.tokens[2]?.key as number
  const sequence = replace(doc.sequence, [key], { kind: 'mask', id: 4, label: '[MASK]' })
  expect(coverageOf({ ...doc, sequence }).unknown).toHaveLength(1)
})

test('no text, no words', () => {
  expect(coverageOf(docOf(40, ''))).toEqual({ pieces: 0, words: 0, unknown: [] })
})
