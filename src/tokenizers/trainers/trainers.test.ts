import { describe, expect, it } from 'vitest'
import { recipeOf, trainersFixture } from '../testing/trainers_golden.ts'
import { countWords, train } from '../train.ts'
import { trainPairs } from './pairs.ts'
import { runTrainer } from './types.ts'

const { cases, corpora, scored } = trainersFixture
const linesOf = (corpus: string) => corpora[corpus] as string[]

describe('trained as Python’s tokenizers trains', () => {
  it('covers five corpora and all four kinds', () => {
    expect(new Set(cases.map(({ corpus }) => corpus)).size).toBe(5)
    expect(new Set(cases.map(({ kind }) => kind)).size).toBe(4)
  })

  it.each(cases)('$kind of $corpus, $size tokens ($normaliser, $words, bytes $bytes)', (one) => {
    const recipe = recipeOf(one)
    let added = new Set<string>()
    const made = runTrainer(train(one.kind, recipe, countWords(linesOf(one.corpus), recipe)), (step) => {
      if ('kind' in step && step.kind === 'final') added = new Set(step.added)
    })
    const { model, ...rest } = plain(made)
    const { model: expected, ...restExpected } = plain(one.file)
    expect({ ...rest, decoder: null }).toEqual({ ...restExpected, decoder: null })
    if (one.kind !== 'Unigram') {
      expect(model).toEqual(expected)
      return
    }
    // Order among equal scores, and the last digits, are those of a hash table there.
    const scores = new Map(model.vocab as [string, number][])
    const scoresThere = new Map(expected.vocab as [string, number][])
    expect([...scores.keys()].sort()).toEqual([...scoresThere.keys()].sort())
    // Letters that training dropped come back a step of 0.0001 apart, in the order of a hash table there.
    const sorted = (of: Map<string, number>) => [...added].map((piece) => of.get(piece) as number).sort()
    for (const [i, score] of sorted(scores).entries()) expect(score).toBeCloseTo(sorted(scoresThere)[i] as number, 4)
    for (const [piece, score] of scoresThere) {
      if (!added.has(piece)) expect(Math.abs((scores.get(piece) as number) - score)).toBeLessThan(1e-4)
    }
    expect({ ...model, vocab: null }).toEqual({ ...expected, vocab: null })
  })
})

it.each(scored)('WordPiece by score: $corpus, $size tokens', ({ corpus, size, merges }) => {
  const recipe = { ...recipeOf({ normaliser: 'none', words: 'bert', size, bytes: false } as (typeof cases)[number]) }
  const counts = countWords(linesOf(corpus), recipe)
  const options = { specials: ['[UNK]'], vocabularySize: size, prefix: '##', by: 'score' as const }
  expect(runTrainer(trainPairs(counts, options)).merges).toEqual(merges)
})

function plain(file: object): Record<string, unknown> & { model: Record<string, unknown> } {
  return JSON.parse(JSON.stringify(file))
}
