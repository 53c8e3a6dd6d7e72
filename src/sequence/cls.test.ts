import { describe, expect, it } from 'vitest'
import { clsScale, clsTokens, setClsCount, setClsScale } from './cls.ts'
import { fromImage } from './patches.ts'
import { active } from './token.ts'

const CLS = { kind: 'cls', id: 0, label: '[CLS]' } as const
const picture = fromImage({ rows: 1, columns: 2 }, 1)
const labels = (sequence: typeof picture) => active(sequence).map(({ label }) => label)

describe('setClsCount', () => {
  it('takes CLS out, and brings it back to its place', () => {
    const none = setClsCount(picture, 0, CLS)
    expect(labels(none)).toEqual(['[REG1]', '1,1', '1,2'])
    expect(setClsCount(none, 1, CLS).tokens).toEqual(picture.tokens)
  })

  it('puts copies behind the first, and counts down again', () => {
    const three = setClsCount(picture, 3, CLS)
    expect(labels(three).slice(0, 4)).toEqual(['[CLS]', '[CLS]', '[CLS]', '[REG1]'])
    expect(clsTokens(setClsCount(three, 2, CLS))).toHaveLength(2)
    expect(setClsCount(three, 1, CLS).tokens).toEqual(picture.tokens)
    expect(labels(setClsCount(three, 0, CLS))).toEqual(['[REG1]', '1,1', '1,2'])
  })
})

describe('setClsScale', () => {
  it('scales the trained vector of every CLS, and 1 is the trained one', () => {
    const two = setClsCount(picture, 2, CLS)
    const scaled = setClsScale(two, 10)
    expect(clsTokens(scaled).map(({ start }) => start)).toEqual([
      { type: 'copy', of: 0, scale: 10 },
      { type: 'copy', of: 0, scale: 10 },
    ])
    expect(clsScale(scaled)).toBe(10)
    expect(setClsScale(scaled, 1).tokens).toEqual(two.tokens)
    expect(clsScale(two)).toBe(1)
  })
})
