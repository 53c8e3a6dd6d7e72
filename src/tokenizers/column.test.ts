import { describe, expect, it } from 'vitest'
import { loadTokenizer } from '../loaders/tokenizer.ts'
import { Column } from './column.ts'
import { parted } from './held_out.ts'
import { coverageOf, dropoutOf, latticeOf, unknownsIn } from './measure.ts'
import { KINDS, type Kind, RECIPE, type Recipe } from './recipe.ts'
import { trainersFixture } from './testing/trainers_golden.ts'
import { countWords, train } from './train.ts'
import { runTrainer } from './trainers/types.ts'

const lines = trainersFixture.corpora.tales as string[]

function made(kind: Kind, change: Partial<Recipe> = {}): Column {
  const recipe = { ...RECIPE, vocabularySize: 300, ...change }
  return new Column(JSON.stringify(runTrainer(train(kind, recipe, countWords(lines, recipe)))))
}

describe('what is trained here reads', () => {
  it.each(KINDS)('%s: pieces, counts, and why a word is unknown', (kind) => {
    const column = made(kind)
    const { words, totals, unknowns } = column.read('The dog 🦄 ran.', false)
    expect(words.map(({ text }) => text)).toEqual(['the', 'dog', '🦄', 'ran', '.'])
    expect(totals).toMatchObject({ words: 5, letters: 14, bytes: 17 })
    const unicorn = unknowns.find(({ word }) => word === '🦄')
    expect(unicorn).toMatchObject({
      count: 1,
      reason: kind === 'WordLevel' ? { kind: 'word' } : { kind: 'letter', letter: '🦄' },
    })
  })

  it.each(['BPE', 'Unigram'] as const)('%s with bytes and ▁: every text comes back as it was', (kind) => {
    const column = made(kind, {
      byteFallback: true,
      words: 'metaspace',
      lowercase: false,
      nfkc: false,
      spaceCjk: false,
      vocabularySize: 600,
    })
    for (const text of ['The dog 🦄 ran.', 'Привет, мир', '人人生而自由', 'a  b']) {
      const { difference, totals } = column.read(text, false)
      expect([text, difference, totals.unknown]).toEqual([text, null, 0])
    }
  })

  it.each(KINDS)('%s of bytes: known or not, the text comes back', (kind) => {
    const column = made(kind, { words: 'bytes', lowercase: false, nfkc: false, spaceCjk: false, vocabularySize: 700 })
    const { difference, totals } = column.read('The dog 🦄 ran.', false)
    if (totals.unknown === 0) expect(difference).toBeNull()
    else expect(difference?.got).toContain('[UNK]')
    expect(totals.unknown > 0).toBe(kind === 'WordLevel' || kind === 'WordPiece')
  })

  it('tells a word that is too long from one whose letters are known', () => {
    const { unknowns } = made('WordPiece').read(`${'a'.repeat(101)} aztq`, false)
    expect(unknowns.map(({ reason }) => reason)).toContainEqual({ kind: 'long', letters: 101, most: 100 })
  })

  it('reads special tokens in a text as text, or parses them', () => {
    const column = made('WordPiece')
    const unknown = (parse: boolean) => column.read('the [UNK] dog', parse).words.map(({ pieces }) => pieces.length)
    expect(unknown(true)).toEqual([1, 1, expect.any(Number)])
    expect(unknown(false).length).toBeGreaterThan(3)
  })

  it('shows the text after every part', () => {
    const { stages } = made('BPE', { stripAccents: true, splitDigits: true }).read('Café ７漢', false)
    expect(stages.map(({ part }) => part)).toEqual([
      'NFKC',
      'Lowercase',
      'NFD',
      'StripAccents',
      'BertNormalizer',
      'BertPreTokenizer',
      'Digits',
    ])
    expect(stages.at(-3)).toEqual({ part: 'BertNormalizer', text: 'cafe 7 漢 ' })
    expect(stages.at(-1)).toEqual({ part: 'Digits', words: ['cafe', '7', '漢'] })
  })

  it('reads nothing, and 100,000 letters', () => {
    const column = made('Unigram')
    expect(column.read('', false)).toMatchObject({ words: [], difference: null })
    const text = lines.join('\n').repeat(20).slice(0, 100_000)
    expect(column.read(text, false).totals.letters).toBe(100_000)
  })
})

describe('the lattice of a Unigram', () => {
  const column = made('Unigram')
  const view = (word: string, alpha = 1) => {
    const found = latticeOf(column, { word, best: 50, alpha, draws: 2000, seed: 5 })
    if (!found) throw new Error('no lattice')
    return found
  }

  it('has the tokenizer’s own cut as its best way', () => {
    for (const word of ['friend', 'story', 'happiness', 'dog']) {
      const pieces = column.words(word).flatMap(({ pieces }) => pieces.map(({ text }) => text))
      expect(view(word).nBest[0]?.pieces).toEqual(pieces)
    }
  })

  it('has shares that sum to 1 over every letter, and probabilities over all ways', () => {
    const { arcs, nBest, letters } = view('story')
    for (const at of letters.keys()) {
      const through = arcs.filter(({ from, to }) => from <= at && at < to)
      expect(through.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
    }
    expect(nBest.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 6)
    const scores = nBest.map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
  })

  it('is drawn from by its probabilities, and evenly where α is 0', () => {
    const { nBest, drawn } = view('story')
    const [best] = nBest
    const times = drawn.find(({ pieces }) => pieces.join() === best?.pieces.join())?.times ?? 0
    expect(times / 2000).toBeCloseTo(best?.probability ?? 0, 1)
    const even = view('story', 0)
    const { times: most = 0 } = even.drawn[0] ?? {}
    expect(most / 2000).toBeCloseTo(1 / even.nBest.length, 1)
  })

  it('is there for no other kind', () => {
    expect(latticeOf(made('BPE'), { word: 'dog', best: 2, alpha: 1, draws: 1, seed: 1 })).toBeNull()
  })
})

describe('BPE-dropout', () => {
  const column = made('BPE')
  const drawn = (probability: number) => dropoutOf(column, { text: 'the story', probability, draws: 50, seed: 3 })

  it('changes nothing at 0, leaves letters at 1, and varies between', () => {
    expect(drawn(0)?.drawn.length).toBe(1)
    expect(drawn(0)?.mean).toBe(drawn(0)?.plain)
    expect(drawn(1)?.drawn.map(({ pieces }) => pieces)).toEqual([[...'thestory']])
    expect(drawn(0.3)?.drawn.length).toBeGreaterThan(1)
    expect(drawn(0.3)?.mean).toBeGreaterThan(drawn(0)?.plain ?? 0)
  })

  it('spells the same words', () => {
    const tokenizer = loadTokenizer(column.json, '{}', { drop: () => true })
    expect(tokenizer.pieces('the story').map(({ label }) => label)).toEqual([...'thestory'])
  })
})

describe('coverage', () => {
  it.each(['WordLevel', 'WordPiece', 'BPE'] as const)('%s: the first tokens are a smaller vocabulary’s', (kind) => {
    const [large, small] = [made(kind), made(kind, { vocabularySize: 128 })]
    const at128 = coverageOf(large, lines, lines.slice(0, 5)).train.find(({ size }) => size === 128)
    expect(at128).toEqual(coverageOf(small, lines, []).train.at(-1))
  })

  it('rises with the vocabulary', () => {
    const known = coverageOf(made('WordLevel'), lines, []).train.map((point) => point.known)
    expect(known).toEqual(known.toSorted((a, b) => a - b))
  })
})

it('holds out every tenth line, and finds unknown words in them', () => {
  const { train, held } = parted(Array.from({ length: 25 }, (_, i) => `line ${i}`).join('\n'))
  expect(held).toEqual(['line 9', 'line 19'])
  expect(train.length).toBe(23)
  expect(unknownsIn(made('WordLevel'), ['the zebra dog'], 9)).toEqual([{ line: 'the zebra dog', start: 4, end: 9 }])
})
