import { expect, it } from 'vitest'
import { groupOf, groupsIn } from './groups.ts'

it('tells punctuation from words as the tokenizer splits it', () => {
  const group = (label: string) => groupOf({ kind: 'word', label })
  for (const sign of ['.', ',', '?', '##.', '…', '«', '$', '##', '#', '、'])
    expect(group(sign), sign).toBe('punctuation')
  for (const word of ['it', '##ing', "don't", '3', '##3', '猫', '€', '😀']) expect(group(word), word).toBe('word')
  expect(groupOf({ kind: 'sep', label: '.' })).toBe('sep')
})

it('lists groups in one order', () => {
  expect(groupsIn(['word', 'punctuation', 'sep', 'word', 'cls'])).toEqual(['cls', 'sep', 'punctuation', 'word'])
})
