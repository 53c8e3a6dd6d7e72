import { describe, expect, it } from 'vitest'
import { alignmentTruth } from './truth.ts'

/** "1<the characters it is read from>" of each asked part, in the order of the output. */
function said(source: string, target: string): string[] | undefined {
  const truth = alignmentTruth(source, target)
  return truth
    ?.toSorted((a, b) => a.target[0] - b.target[0])
    .map((one) => `${target.slice(...one.target)} ${one.sources.map((span) => source.slice(...span)).join('+')}`)
}

describe('dates', () => {
  it('read the year digit by digit, the month from its name, the day from its number', () => {
    expect(said('date: Friday, the 3rd of May, 1998', '1998-05-03')).toEqual(
      ['1 1', '9 9', '9 9', '8 8', '0 May', '5 May', '3 3'], // nothing in the source says the day's 0
    )
    expect(said('date: 27 November 2026', '2026-11-27')).toEqual([
      '2 2',
      '0 0',
      '2 2',
      '6 6',
      '1 November',
      '1 November',
      '2 2',
      '7 7',
    ])
  })

  it('in digits are day first, unless the year is', () => {
    const spans = (source: string) =>
      alignmentTruth(source, '2026-11-27')?.map(({ target, sources }) => [target[0], sources[0]?.[0]])
    expect(spans('date: 27/11/2026')).toEqual(
      [0, 1, 2, 3]
        .map((i) => [i, 12 + i])
        .concat([
          [5, 9],
          [6, 10],
          [8, 6],
          [9, 7],
        ]),
    )
    expect(spans('date: 2026-11-27')).toEqual(
      [0, 1, 2, 3]
        .map((i) => [i, 6 + i])
        .concat([
          [5, 11],
          [6, 12],
          [8, 14],
          [9, 15],
        ]),
    )
    expect(said('date: 3.5.1998', '1998-05-03')).toEqual(['1 1', '9 9', '9 9', '8 8', '5 5', '3 3'])
  })

  it('in ordinals say the day with one word or two', () => {
    expect(said('date: the third of may, 1998', '1998-05-03')?.slice(-2)).toEqual(['0 third', '3 third'])
    expect(said('date: twenty-third of may 1998', '1998-05-23')?.slice(-2)).toEqual(['2 twenty', '3 third'])
    expect(said('date: the thirtieth of may 1998', '1998-05-30')?.slice(-2)).toEqual(['3 thirtieth', '0 thirtieth'])
  })

  it('of five languages have their months', () => {
    for (const name of ['november', 'nov', 'novembre', 'noviembre']) {
      expect(said(`date: 27 de ${name} de 2026`, '2026-11-27')?.[4]).toBe(`1 ${name}`)
    }
  })
})

describe('numbers', () => {
  it('read each digit from the word that says it', () => {
    expect(said('number: three hundred and forty two', '342')).toEqual(['3 three', '4 forty', '2 two'])
    expect(said('number: seventeen thousand and nineteen', '17019')).toEqual([
      '1 seventeen',
      '7 seventeen',
      '1 nineteen',
      '9 nineteen',
    ])
    expect(said('number: zero', '0')).toEqual(['0 zero'])
    expect(said('number: nine hundred thousand and seven', '900007')).toEqual(['9 nine', '7 seven'])
  })

  it('in words read each word from its digits', () => {
    expect(said('words: 17,342', 'seventeen thousand three hundred and forty two')).toEqual([
      'seventeen 1+7',
      'three 3',
      'forty 4',
      'two 2',
    ])
  })
})

describe('reversed words', () => {
  it('read the k-th word from the k-th from the end', () => {
    expect(said('reverse: cat dog sun', 'sun dog cat')).toEqual(['sun sun', 'dog dog', 'cat cat'])
    expect(said('reverse: a b a', 'a b a x')).toEqual(['a a', 'b b', 'a a'])
    expect(alignmentTruth('reverse: a b a', 'a')?.[0]?.sources).toEqual([[13, 14]])
  })
})

it('nothing is known of other tasks, and of outputs that have not the form', () => {
  expect(alignmentTruth('fill: the <extra_id_0> sat', '<extra_id_0> cat')).toBeNull()
  expect(alignmentTruth('date: 27 November 2026', 'nonsense')).toBeNull()
  expect(alignmentTruth('date: yesterday', '2026-11-27')).toBeNull()
  expect(alignmentTruth('number: many', '12')).toBeNull()
  expect(alignmentTruth('translate: house', 'haus')).toBeNull()
})
