import { describe, expect, it } from 'vitest'
import { uniform, uniformAt } from '../core/random.ts'
import { drawOf, entropyOf, type Sampling, type StageId, stagesOf, warped } from './sampling.ts'

const logs = (...probabilities: number[]) => probabilities.map(Math.log)
const stage = (logits: number[], sampling: Sampling, id: StageId, present?: number[]) => {
  const found = stagesOf(logits, sampling, present).find((one) => one.id === id)
  if (!found) throw new Error(`no stage ${id}`)
  return found
}
const alive = (probabilities: Float64Array) =>
  [...probabilities.keys()].filter((id) => (probabilities[id] as number) > 0)

describe('the stages', () => {
  it('top-p keeps the fewest that reach p, and a sum of exactly p is enough (transformers#18976)', () => {
    const { survivors, cut, probabilities } = stage(logs(0.5, 0.3, 0.1, 0.1), { topP: 0.8 }, 'topP')
    expect(survivors).toBe(2)
    expect(cut).toBeCloseTo(0.2, 12)
    expect([...probabilities]).toEqual([0.625, 0.375, 0, 0].map((p) => expect.closeTo(p, 12)))
    expect(alive(warped(logs(0.3, 0.1, 0.1, 0.5), { topP: 0.8 }))).toEqual([0, 3])
    expect(alive(warped(logs(0.5, 0.3, 0.1, 0.1), { topP: 0.81 }))).toEqual([0, 1, 2])
  })

  it('of equals, top-p keeps the lowest ids, top-k all of them', () => {
    expect(alive(warped(logs(0.25, 0.25, 0.25, 0.25), { topP: 0.5 }))).toEqual([0, 1])
    expect(alive(warped(logs(0.4, 0.2, 0.2, 0.2), { topK: 2 }))).toEqual([0, 1, 2, 3])
    expect(alive(warped(logs(0.1, 0.45, 0.45), { topK: 1 }))).toEqual([1, 2])
  })

  it('one token stays whatever is asked: temperature 0, top-k 0 and 1, top-p 0, min-p 1', () => {
    const logits = logs(0.2, 0.5, 0.3)
    for (const sampling of [{ temperature: 0 }, { topK: 1 }, { topP: 0 }, { minP: 1 }]) {
      expect([...warped(logits, sampling)], JSON.stringify(sampling)).toEqual([0, 1, 0])
    }
    // Off.
    expect(alive(warped(logits, { topK: 0 }))).toEqual([0, 1, 2])
    // Of two that are equally probable, temperature 0 takes the lower id.
    expect([...warped(logs(0.1, 0.45, 0.45), { temperature: 0 })]).toEqual([0, 1, 0])
  })

  it('the repetition penalty makes what is there less probable, whatever the sign of its logit, and only once', () => {
    const { probabilities } = stage([2, -1, 0.5], { repetitionPenalty: 2 }, 'repetition', [0, 1, 0])
    const expected = warped([1, -2, 0.5], {})
    expect([...probabilities]).toEqual([...expected])
  })

  it('tell the share that each cut, over the whole vocabulary', () => {
    const stages = stagesOf(logs(0.4, 0.3, 0.2, 0.1), { topK: 3, minP: 0.6 })
    expect(stages.map(({ id, survivors }) => [id, survivors])).toEqual([
      ['model', 4],
      ['repetition', 4],
      ['temperature', 4],
      ['topK', 3],
      ['topP', 3],
      ['minP', 2],
    ])
    expect(stages.map(({ cut }) => cut)).toEqual([0, 0, 0, 0.1, 0, 2 / 9].map((cut) => expect.closeTo(cut, 12)))
    for (const { probabilities } of stages) {
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
    }
  })

  it('entropy is in bits: of n equals log₂ n', () => {
    expect(entropyOf([0.25, 0.25, 0.25, 0.25])).toBe(2)
    expect(entropyOf([1, 0])).toBe(0)
  })
})

describe('the draw', () => {
  const probabilities = Float64Array.of(0.1, 0.5, 0, 0.4)

  it('says in which interval u fell, the most probable token first', () => {
    expect(drawOf(probabilities, 0.2)).toEqual({ token: 1, u: 0.2, from: 0, to: 0.5 })
    expect(drawOf(probabilities, 0.5)).toEqual({ token: 3, u: 0.5, from: 0.5, to: 0.9 })
    expect(drawOf(probabilities, 0.95)).toMatchObject({ token: 0, from: expect.closeTo(0.9, 12) })
    // A sum of rounded numbers may end below 1; what is out is never drawn.
    expect(drawOf(Float64Array.of(0.3, 0.7 - 1e-9, 0), 1 - 1e-12).token).toBe(0)
  })

  it('of equals the lower id comes first', () => {
    const equals = Float64Array.of(0.2, 0.4, 0.2, 0.2)
    expect([0.1, 0.45, 0.65, 0.85].map((u) => drawOf(equals, u).token)).toEqual([1, 0, 2, 3])
  })

  it('comes out as often as it is probable', () => {
    const counts = [0, 0, 0, 0]
    for (let place = 0; place < 20_000; place++) {
      const { token } = drawOf(probabilities, uniformAt(7, place))
      counts[token] = (counts[token] ?? 0) + 1
    }
    for (const [token, count] of counts.entries()) {
      const p = probabilities[token] as number
      expect(Math.abs(count / 20_000 - p)).toBeLessThanOrEqual(4 * Math.sqrt((p * (1 - p)) / 20_000))
    }
  })

  it('is by the numbers that the seed gives one after another', () => {
    for (const seed of [0, 1, 12345, 2 ** 32 - 1]) {
      const next = uniform(seed)
      expect(Array.from({ length: 50 }, (_, place) => uniformAt(seed, place))).toEqual(Array.from({ length: 50 }, next))
    }
  })

  it('hardly ever changes where probabilities differ in the sixth digit, as between GPU and CPU', () => {
    const next = uniform(3)
    const noise = uniform(4)
    let differ = 0
    const draws = 3000
    for (let i = 0; i < draws; i++) {
      const logits = Array.from({ length: 400 }, () => -8 * next())
      const nudged = logits.map((logit) => logit + 2e-6 * (noise() - 0.5))
      const u = next()
      const sampling = { temperature: 0.8, topK: 50, topP: 0.95 }
      if (drawOf(warped(logits, sampling), u).token !== drawOf(warped(nudged, sampling), u).token) differ++
    }
    expect(differ / draws).toBeLessThan(0.002)
  })
})
