import { describe, expect, it } from 'vitest'
import { type LossRules, RULES } from '../settings.ts'
import { type LossRows, lossOf, weigh } from './loss_mask.ts'

const token = (id: number, kind: 'word' | 'pad' | 'eos' = 'word') => ({ id, kind, label: String(id) })
const END = token(2, 'eos')
const PAD = token(0, 'pad')

/** "7 8 9 end" and "5 end pad pad": losses 1, 2, 3 and 4, of rows' own tokens ten times that. */
const TABLE: LossRows = {
  rows: [
    [token(7), token(8), token(9), END],
    [token(5), END, PAD, PAD],
  ].map((row, s) =>
    row.map((input, t) => ({ input, next: t === 3 ? Number.NaN : s * 3 + t + 1, own: 10 * (s * 4 + t + 1) })),
  ),
  lengths: [4, 2],
  pad: PAD,
  end: END,
}
const weights = (rules: Partial<LossRules>) =>
  weigh(TABLE, { ...RULES, ...rules }).map((row) => row.map(({ weight }) => weight))
const facts = (rules: Partial<LossRules>) => lossOf(weigh(TABLE, { ...RULES, ...rules }), { ...RULES, ...rules })

describe('the loss mask', () => {
  it('counts the targets of every token but PAD, the end among them', () => {
    expect(weights({})).toEqual([
      [1, 1, 1, 0],
      [1, 0, 0, 0],
    ])
    expect(facts({})).toEqual({ loss: (1 + 2 + 3 + 4) / 4, counted: 4, lostEnds: 0, ends: 2 })
  })

  it('loses the ends where PAD is the end token and goes by its id, and not where it goes by place', () => {
    expect(weights({ padIsEnd: true, byId: true })).toEqual([
      [1, 1, 0, 0],
      [0, 0, 0, 0],
    ])
    expect(facts({ padIsEnd: true, byId: true })).toEqual({ loss: 1.5, counted: 2, lostEnds: 2, ends: 2 })
    expect(weights({ padIsEnd: true })).toEqual(weights({}))
    expect(weights({ byId: true })).toEqual(weights({}))
  })

  it('leaves the prompt out', () => {
    expect(weights({ prompt: 2 })).toEqual([
      [0, 1, 1, 0],
      [0, 0, 0, 0],
    ])
    expect(facts({ prompt: 9 })).toMatchObject({ counted: 0, loss: Number.NaN })
  })

  it('without the shift each token is to say itself', () => {
    expect(weights({ shift: false })).toEqual([
      [1, 1, 1, 1],
      [1, 1, 0, 0],
    ])
    expect(facts({ shift: false }).loss).toBe((10 + 20 + 30 + 40 + 50 + 60) / 6)
  })

  it('means per sequence give short ones the same say', () => {
    expect(facts({ perToken: false }).loss).toBe((2 + 4) / 2)
  })
})
