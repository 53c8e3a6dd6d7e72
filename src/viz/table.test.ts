import { expect, it } from 'vitest'
import { fileName, numbered, toCsv, toldApart } from './table.ts'

it('writes CSV that a spreadsheet reads back', () => {
  const csv = toCsv({
    columns: ['token', 'share'],
    rows: [
      [',', 0.1 + 0.2],
      ['"', Math.fround(0.1)],
      [' a\n', 2],
    ],
  })
  expect(csv).toBe('token,share\r\n",",0.3\r\n"""",0.1\r\n" a\n",2\r\n')
})

it('keeps repeated labels apart', () => {
  expect(numbered(['the', 'the'])).toEqual(['0 the', '1 the'])
})

it('names files by what is in them', () => {
  expect(fileName(['clsroom-bert', 'Attention, layer 2 (head 3)'], 'svg')).toBe(
    'clsroom-bert-attention-layer-2-head-3.svg',
  )
  expect(fileName(['../..'], 'csv')).toBe('clsroom.csv')
})

it('in a sentence, only names that repeat say where they stand', () => {
  expect(toldApart(['[CLS]', 'the', '[CLS]'])).toEqual(['[CLS] @0', 'the', '[CLS] @2'])
})
