import { expect, test } from 'vitest'
import { changeOf, classReadout, distanceOf, type Readout, type Scoring, totalVariation } from './readouts.ts'

const readout = (scores: number[], scoring: Scoring = 'softmax'): Readout => ({
  id: 'x',
  head: 'x',
  scoring,
  scores: Float64Array.from(scores),
  names: ['a', 'b', 'c'],
})

test('total variation is half the summed difference', () => {
  expect(totalVariation([0.5, 0.5, 0], [0.5, 0.25, 0.25])).toBe(0.25)
  expect(totalVariation([1, 0], [0, 1])).toBe(1)
})

test('a change names the answer before and after', () => {
  expect(changeOf(readout([0.75, 0.25, 0]), readout([0.25, 0.25, 0.5]))).toEqual({
    best: 'a',
    before: 0.75,
    after: 0.25,
    bestAfter: 'c',
    bestAfterScore: 0.5,
    distance: 0.5,
  })
})

test('logits become a distribution, a probability each, or stay numbers', () => {
  const scores = (scoring: Scoring) => [...classReadout('classifier', ['a', 'b'], [0, Math.log(3)], scoring).scores]
  expect(scores('softmax')).toEqual([expect.closeTo(0.25, 12), expect.closeTo(0.75, 12)])
  expect(scores('sigmoid')).toEqual([0.5, expect.closeTo(0.75, 12)])
  expect(scores('none')).toEqual([0, Math.log(3)])
})

test('a single logit is a probability, not the whole of a distribution', () => {
  expect(classReadout('classifier', ['LABEL_0'], [-2], 'sigmoid').scores[0]).toBeCloseTo(0.1192, 4)
})

test('the distance of classes by themselves is the furthest of them, of numbers in their own unit', () => {
  expect(distanceOf(readout([0.9, 0.8, 0.1], 'sigmoid'), readout([0.9, 0.2, 0.2], 'sigmoid'))).toBeCloseTo(0.6, 12)
  expect(distanceOf(readout([3], 'none'), readout([-4], 'none'))).toBe(7)
  expect(distanceOf(readout([0.5, 0.5]), readout([0.75, 0.25]))).toBe(0.25)
})

test('classes of each run’s own are compared by what they are, wherever they stand', () => {
  const of = (classes: string[], scores: number[], scoring: Scoring = 'softmax'): Readout => ({
    ...readout(scores, scoring),
    names: classes.map((name) => `token ${name}`),
    classes,
  })
  const before = of(['7', '8', '9'], [0.5, 0.25, 0.25])
  const after = of(['1', '9', '7'], [0.5, 0.25, 0.25])
  expect(changeOf(before, after)).toEqual({
    best: 'token 7',
    before: 0.5,
    after: 0.25,
    bestAfter: 'token 1',
    bestAfterScore: 0.5,
    distance: 0.5,
  })
  expect(changeOf(before, of(['8'], [1])).after).toBe(0)
  expect(distanceOf(before, of(['x'], [1]))).toBe(1)
  expect(distanceOf(of(['7'], [0.2], 'sigmoid'), of(['9', '8'], [0.1, 0.6], 'sigmoid'))).toBe(0.6)
  expect(distanceOf(before, before)).toBe(0)
})
