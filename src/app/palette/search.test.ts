import { expect, it } from 'vitest'
import { folded, inOtherLayout, type Searchable, search } from './search.ts'

const entry = (id: string, titles: string[], also: string[] = []): Searchable => ({ id, titles, also })

const ENTRIES = [
  entry('lab-text', ['Text', 'Текст'], ['Labs', 'Лаборатории']),
  entry('lab-masks', ['Masks', 'Маски'], ['Labs', 'Лаборатории']),
  entry('term-mask', ['attention mask', 'маска внимания'], ['Glossary', 'Словарь']),
  entry('term-mask-token', ['[MASK]', '[MASK]'], ['Glossary', 'Словарь']),
  entry('tool-paint', ['Unmasked pairs', 'Открытые пары'], ['Masks', 'Маски']),
  entry('redo', ['Redo', 'Вернуть ещё раз'], ['Actions', 'Действия']),
  entry('ppl', ['Perplexity curve', 'Кривая перплексии']),
]
const ids = (query: string, recent: string[] = []) => search(ENTRIES, query, recent).map(({ id }) => id)

it('asks nothing of an empty query', () => {
  expect(ids(' ')).toEqual(ENTRIES.map(({ id }) => id))
})

it('puts a whole name first, then starts, starts of words, what is inside, and what it is found by besides', () => {
  expect(ids('masks')[0]).toBe('lab-masks')
  expect(ids('mask')).toEqual(['term-mask-token', 'lab-masks', 'term-mask', 'tool-paint'])
  expect(ids('masks pairs')).toEqual(['tool-paint'])
})

it('searches both languages at once, in any case of a Russian word', () => {
  expect(ids('текст')).toEqual(['lab-text'])
  expect(ids('маска')).toEqual(['term-mask', 'lab-masks', 'tool-paint'])
  expect(ids('glossary маской').sort()).toEqual(['term-mask'])
})

it('minds neither case, nor marks, nor ё', () => {
  expect(folded('Ещё Été')).toBe('еще ete')
  expect(ids('ЕЩЕ')).toEqual(['redo'])
  expect(ids('réDO')).toEqual(['redo'])
})

it('understands the other keyboard layout', () => {
  expect(inOtherLayout('ьфыл')).toBe('mask')
  expect(ids('ьфылы')[0]).toBe('lab-masks')
  expect(ids('ntrcn')).toEqual(['lab-text'])
})

it('takes letters that are strewn over starts of words, and no others', () => {
  expect(ids('percu')).toEqual(['ppl'])
  expect(ids('prplx')).toEqual([])
  expect(ids('zzz')).toEqual([])
})

it('puts what was used before the rest of what fits alike', () => {
  expect(ids('mas')[0]).toBe('term-mask-token')
  expect(ids('mas', ['lab-masks'])[0]).toBe('lab-masks')
  expect(ids('mask', ['lab-masks'])[0]).toBe('term-mask-token')
})
