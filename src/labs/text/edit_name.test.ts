import { afterAll, describe, expect, it } from 'vitest'
import { setHidden, setSegment } from '../../sequence/edit.ts'
import { DEFAULT_MASK, invert, paint } from '../../sequence/mask.ts'
import { textOfIds } from '../../sequence/testing/arbitrary.ts'
import { speak } from '../../words/words.ts'
import { editName } from '../shared/edit_name.ts'
import { textEdit } from './edit_name.ts'
import type { TextDoc } from './state/doc.ts'

const sequence = textOfIds([5, 6], [7])
const doc: TextDoc = {
  model: 'a-bert',
  texts: ['a b', 'c'],
  pieces: [],
  counts: [],
  truncation: 'longest_first',
  sequence,
  base: sequence,
  mask: DEFAULT_MASK,
  ablated: [],
}
const label = (key: number) => sequence.tokens[key]?.label
const cell = { layer: 'all', query: 0, key: 1, readable: false } as const

const EDITS: [en: string, ru: string, change: Partial<TextDoc>][] = [
  ['another format', 'другой формат', { format: 'question' }],
  ['a segment added', 'добавлен сегмент', { texts: ['a b', 'c', ''] }],
  ['a segment removed', 'убран сегмент', { texts: ['a b'] }],
  ['texts cut in another way', 'тексты обрезаны иначе', { truncation: 'only_second' }],
  [`${label(1)} hidden`, `скрыто: ${label(1)}`, { sequence: setHidden(sequence, [1], true) }],
  ['5 tokens hidden', 'скрыто: 5 токенов', { sequence: setHidden(sequence, [0, 1, 2, 3, 4], true) }],
  [`${label(2)}: another segment`, `другой сегмент: ${label(2)}`, { sequence: setSegment(sequence, [2], 1) }],
  [
    'another rule of the mask',
    'другое правило маски',
    { mask: { ...DEFAULT_MASK, rules: [{ type: 'window', radius: 2 }] } },
  ],
  ['mask inverted', 'маска обращена', { mask: invert(DEFAULT_MASK) }],
  ['1 cell of the mask painted', 'в маске закрашена 1 клетка', { mask: paint(DEFAULT_MASK, [cell]) }],
  ['head 3 of layer 1 off', 'выключено: голова 3 слоя 1', { ablated: [[0, 2]] }],
  ['4 heads off', 'выключено: 4 головы', { ablated: [0, 1, 2, 3].map((head) => [1, head]) }],
  ['nothing else changed', 'больше ничего не изменилось', {}],
]

describe('the name of a text edit', () => {
  afterAll(() => speak('en'))

  it.each(EDITS)('%s', async (en, ru, change) => {
    const name = () => editName({ doc }, { doc: { ...doc, ...change } }, textEdit)
    await speak('en')
    expect(name()).toBe(en)
    await speak('ru')
    expect(name()).toBe(ru)
  })

  it('of a model that was opened, and nothing edited since', async () => {
    await speak('en')
    expect(editName(null, { doc }, textEdit)).toBe('a-bert opened')
    expect(editName({ doc }, { doc: { ...doc, model: 'b-bert' } }, textEdit)).toBe('b-bert opened')
  })
})
