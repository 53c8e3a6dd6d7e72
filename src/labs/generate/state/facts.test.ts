import { describe, expect, it } from 'vitest'
import { softmax } from '../../../core/logits.ts'
import { uniform } from '../../../core/random.ts'
import { entropyOf } from '../../../engine/sampling.ts'
import { branchRows, partsAt } from './branches.ts'
import { effectOf } from './key_effects.ts'
import { createGenerateLab } from './lab.ts'
import { divergence, factsOf, logProbability, mostChanged, rank } from './next_facts.ts'
import { stepsOf, toldOf } from './steps.ts'
import { letterEngine } from './testing/letters.ts'

const next = uniform(5)
const row = () => Float32Array.from({ length: 30 }, () => 8 * next() - 4)

describe('facts of a row', () => {
  it('are those of its softmax', () => {
    for (let i = 0; i < 20; i++) {
      const logits = row()
      const p = softmax(logits)
      expect(factsOf(logits).entropy).toBeCloseTo(entropyOf(p), 9)
      for (const id of [0, 7, 29]) expect(logProbability(logits, id)).toBeCloseTo(Math.log(p[id] as number), 9)
      expect(rank(logits, factsOf(logits).best)).toBe(1)
    }
  })

  it('divergence is 0 for the same, and Σ p log₂ p/q else', () => {
    const [a, b] = [row(), row()]
    const [p, q] = [softmax(a), softmax(b)]
    const expected = p.reduce((sum, share, id) => sum + share * Math.log2(share / (q[id] as number)), 0)
    expect(divergence(a, a)).toBe(0)
    expect(divergence(a, b)).toBeCloseTo(expected, 9)
    const [most] = mostChanged(a, b, 1)
    const furthest = p.reduce((far, share, id) => Math.max(far, Math.abs(share - (q[id] as number))), 0)
    expect(Math.abs((most?.after ?? 0) - (most?.before ?? 0))).toBeCloseTo(furthest, 9)
  })
})

describe('of a text that was written', () => {
  async function written(seed: number) {
    const { engine, model } = await letterEngine()
    const lab = createGenerateLab(engine)
    await lab.open({ lab: 'generate', model: model.id, prompt: 'abc', seed })
    await lab.write(5)
    const { run } = lab.store.getState()
    if (!run) throw new Error('there is no run')
    return { engine, model, run }
  }

  it('every step tells the probability that its token had before it was there', async () => {
    const { run } = await written(1)
    const steps = stepsOf(run, 2)
    expect(steps.map(({ place }) => place)).toEqual([null, null, null, 0, 1, 2, 3, 4])
    for (const { row: at, token, logProbability: found, end } of steps) {
      const p = softmax(run.next[at - 1] as Float32Array)
      expect(found).toBeCloseTo(Math.log(p[token.id as number] as number), 6)
      expect(end).toBeCloseTo(p[2] as number, 6)
    }
    const sum = steps.slice(3).reduce((total, step) => total + step.logProbability, 0)
    expect(toldOf(steps)).toEqual({ logProbability: sum, perplexity: Math.exp(-sum / 5) })
    expect(toldOf(steps.slice(0, 3))).toBeNull()
  })

  it('two branches are alike up to the token in which they differ', async () => {
    const [a, b] = [await written(1), await written(4)]
    const rows = branchRows(a.run, b.run)
    const parts = partsAt(rows)
    expect(parts).toBeGreaterThanOrEqual(4)
    for (const { same, divergence: bits } of rows.slice(0, parts)) {
      expect(same).toBe(true)
      expect(bits).toBeLessThan(1e-9)
    }
    expect(rows[parts]?.divergence).toBeGreaterThan(0)
    expect(partsAt(branchRows(a.run, a.run))).toBe(-1)
  })

  it('a key that is masked changes what comes next, and one that nobody reads does not', async () => {
    const { engine, model, run } = await written(1)
    expect((await effectOf(engine, model, run, 7, 2)).divergence).toBeGreaterThan(1e-6)
    // What stands behind the row is not read anyway.
    expect((await effectOf(engine, model, run, 3, 6)).divergence).toBeLessThan(1e-9)
  })
})
