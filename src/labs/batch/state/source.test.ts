import { describe, expect, it } from 'vitest'
import { CORPORA, linesOf, readLines } from './source.ts'

const file = (name: string, content: string | Uint8Array<ArrayBuffer>) => new File([content], name)
const words = (lines: readonly string[]) => lines.map((line) => line.split(' ').length)
const share = (list: readonly number[], of: (n: number) => boolean) => list.filter(of).length / list.length

describe('samples', () => {
  it('have lengths of their distribution, and are the same for one seed', () => {
    const sample = (corpus: (typeof CORPORA)[number]) => linesOf({ type: 'sample', corpus, count: 2000, seed: 7 })
    for (const corpus of CORPORA) {
      expect(sample(corpus)).toEqual(sample(corpus))
      expect(Math.min(...words(sample(corpus)))).toBeGreaterThanOrEqual(1)
      expect(Math.max(...words(sample(corpus)))).toBeLessThanOrEqual(60)
    }
    // Of Zipf's the words of rank 1 are twice those of rank 2: ln 2 / ln 61 are of one word.
    expect(share(words(sample('zipf')), (n) => n === 1)).toBeCloseTo(Math.log(2) / Math.log(61), 1)
    expect(share(words(sample('uniform')), (n) => n <= 30)).toBeCloseTo(0.5, 1)
    const peaks = words(sample('peaks'))
    expect(share(peaks, (n) => n <= 12)).toBeCloseTo(0.5, 1)
    expect(share(peaks, (n) => n > 12 && n < 40)).toBe(0)
  })
})

describe('one’s own lines', () => {
  it('are those that hold something', () => {
    expect(linesOf({ type: 'own', text: ' a b \r\n\n\tc\n' })).toEqual(['a b', 'c'])
    expect(linesOf({ type: 'own', text: '' })).toEqual([])
  })

  it.each([
    ['lines.txt', 'one\ntwo', 'one\ntwo'],
    ['a.csv', '\uFEFFid,text\n1,"a, ""b""\nc"\n2,d\n', 'a, "b" c\nd'],
    ['b.csv', '1,long enough\n2,second', 'long enough\nsecond'],
    ['c.jsonl', '{"id": 1, "text": "x"}\n\n"y"\n{"other": "z"}\n{"id": 4}', 'x\ny\nz'],
  ])('%s', async (name, content, lines) => {
    expect(await readLines(file(name, content))).toBe(lines)
  })

  it.each([
    ['a.jsonl', '{"text": "x"}\n{broken', /line 2: \{broken/],
    ['a.jsonl', '{"id": 1}', /There is no text in the file/],
    ['a.csv', '', /There is no text in the file/],
    ['a.png', new Uint8Array([1, 0, 2]), /holds no lines of text/],
    ['a.txt', 'x'.repeat(2_000_001), /too large for this lab/],
  ])('%s that holds none: %#', async (name, content, message) => {
    await expect(readLines(file(name, content))).rejects.toThrow(message)
  })
})
