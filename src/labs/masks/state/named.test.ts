import { describe, expect, test } from 'vitest'
import type { Kind } from '../../../core/tokens.ts'
import { meaningOf } from '../../../sequence/formula.ts'
import { parse } from './language.ts'
import { NAMED, NAMED_GROUPS, type NamedId, namedMask } from './named.ts'

/** What a mask says of tokens: w a word, c [CLS], s [SEP], i an image, m a memory, d a detection token, p PAD; | begins a document. */
const KINDS: Record<string, Kind> = {
  ...{ w: 'word', c: 'cls', s: 'sep', i: 'image' },
  ...{ m: 'memory', d: 'det', p: 'pad', r: 'register' },
}
function table(id: NamedId, tokens: string): string[] {
  const parts = tokens.split('|')
  const kinds = parts.flatMap((part) => [...part].map((one) => KINDS[one] as Kind))
  const doc = parts.flatMap((part, d) => [...part].map(() => d))
  const says = meaningOf(parse(namedMask(id)?.rule ?? '').formula, { kinds, doc }, { kinds, doc })
  return kinds.map((_, q) => kinds.map((_, k) => (says(q, k) ? '1' : '0')).join(''))
}

test('at least twenty, each in one group, each with a source', () => {
  expect(NAMED.length).toBeGreaterThanOrEqual(20)
  expect(Object.values(NAMED_GROUPS).flat().sort()).toEqual(NAMED.map(({ id }) => id).sort())
  for (const { source } of NAMED) expect(source).toMatch(/\d{4}|transformers|attention-gym/)
})

describe('masks are those of their sources', () => {
  test.each<[NamedId, string, string[]]>([
    ['causal', 'www', ['100', '110', '111']],
    ['prefix', 'wwwwww', ['111100', '111100', '111100', '111100', '111110', '111111']],
    ['causalWindow', 'wwwwww', ['100000', '110000', '111000', '111100', '011110', '001111']],
    ['sinksWindow', 'wwwwwww', ['1000000', '1100000', '1110000', '1111000', '1111100', '1111110', '1101111']],
    ['strided', 'wwwwww', ['100000', '110000', '111000', '111100', '111110', '011111']],
    ['dilated', 'wwwwww', ['101010', '010101', '101010', '010101', '101010', '010101']],
    ['globalWindow', 'cwwww', ['11111', '11110', '11111', '11111', '10111']],
    ['packedCausal', 'cw|ww', ['1000', '1100', '0010', '0011']],
    ['sharedPrefix', 'w|w|w', ['100', '110', '101']],
    ['encoderDecoder', 'ww|ww', ['1100', '1100', '1110', '1111']],
    ['imageInText', 'wiiw', ['1000', '1110', '1110', '1111']],
    // Text reads the last picture before it alone; a picture reads itself.
    ['flamingo', 'iwiw', ['1000', '1100', '0010', '0111']],
    ['vidt', 'wwwwwd', ['111100', '111100', '111100', '111100', '000010', '111111']],
    ['memBottleneck', 'mww', ['111', '100', '100']],
    // The old tokens read nothing new; the new CLS reads all; memory is given anew in every layer and reads nothing.
    ['memoryExtension', 'cwcm', ['1100', '1100', '1111', '0000']],
    ['memoryConcatenation', 'cwcmcm', ['110000', '110000', '111100', '000000', '110011', '000000']],
    ['clsReadsAll', 'cww', ['111', '011', '011']],
    ['clsReadsAllBut', 'cws', ['110', '111', '111']],
    ['padding', 'cwp', ['110', '110', '110']],
  ])('%s of %s', (id, tokens, expected) => {
    expect(table(id, tokens)).toEqual(expected)
  })

  test('a draft reads the prefix, its ancestors and itself', () => {
    const rows = table('draftTree', 'wwwwwwwwwwwww') // six tokens, then a root with two children of two
    const drafts = rows.slice(6).map((row) => row.slice(6))
    expect(drafts).toEqual(['1000000', '1100000', '1010000', '1101000', '1100100', '1010010', '1010001'])
    expect(rows.slice(6).every((row) => row.startsWith('111111'))).toBe(true)
    expect(rows[2]).toBe('1110000000000')
  })

  test('noisy blocks read themselves and the clean blocks before them; clean ones are causal by block', () => {
    // [CLS] and three noisy tokens, a noisy second block of three; the same six tokens clean.
    const rows = table('blockDiffusion', 'cwwwwww|wwwwww')
    expect(rows[1]).toBe('0111000' + '000000')
    expect(rows[4]).toBe('0000111' + '111000')
    expect(rows[7]).toBe('0000000' + '111000')
    expect(rows[12]).toBe('0000000' + '111111')
  })
})
