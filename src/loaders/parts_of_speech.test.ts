import { expect, test } from 'vitest'
import { tagWords } from './parts_of_speech.ts'

test('words with their part and their place in the text', async () => {
  const text = 'She quickly read the old book. It was very good!'
  const tagged = (await tagWords(text)).map(({ part, start, end }) => [text.slice(start, end), part])
  expect(tagged).toEqual([
    ['She', 'pronoun'],
    ['quickly', 'adverb'],
    ['read', 'verb'],
    ['the', 'function'],
    ['old', 'adjective'],
    ['book', 'noun'],
    ['It', 'pronoun'],
    ['was', 'function'],
    ['very', 'adverb'],
    ['good', 'adjective'],
  ])
})

test('nothing, emoji and control characters are no words', async () => {
  expect(await tagWords('')).toEqual([])
  expect(await tagWords('🦄 \u0000\u0007 …')).toEqual([])
})
