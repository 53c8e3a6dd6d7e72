import { describe, expect, it } from 'vitest'
import { piecesOf, sections } from './pieces.ts'

describe('sections', () => {
  const cut = (text: string) =>
    sections(text, (label) => label !== '<extra_id_9>').map((one) => [one.sentinel ?? one.text, one.from])

  it('are parted by sentinels, which take the spaces around them along', () => {
    expect(cut('the <extra_id_0> sat<extra_id_1>.')).toEqual([
      ['the', 0],
      ['<extra_id_0>', 4],
      [' sat'.trim(), 17],
      ['<extra_id_1>', 20],
      ['.', 32],
    ])
    expect(cut('<extra_id_0>')).toEqual([['<extra_id_0>', 0]])
    expect(cut('')).toEqual([])
  })

  it('leave alone what the vocabulary does not have', () => {
    expect(cut('a <extra_id_9> b')).toEqual([['a <extra_id_9> b', 0]])
  })
})

describe('piecesOf', () => {
  it('counts characters of the whole text', async () => {
    const engine = {
      pieces: async (_: string, texts: string[]) =>
        texts.map((text) => [{ id: 5, label: text, text, start: 0, end: text.length }]),
    }
    const text = 'cat <extra_id_0> dog'
    const pieces = await piecesOf(engine, 'm', { labels: ['<extra_id_0>'] }, text)
    expect(pieces.map(({ id, start, end }) => [id, text.slice(start, end)])).toEqual([
      [5, 'cat'],
      [0, '<extra_id_0>'],
      [5, 'dog'],
    ])
  })
})
