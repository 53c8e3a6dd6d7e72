import { describe, expect, it } from 'vitest'
import { type BeamBranch, beamTree, nodeAt, nodesOf, placeTree } from './beam_tree.ts'

/** Two beams: A and B; A goes on twice, B is given up; then one ends and one runs. */
const trace: BeamBranch[][] = [
  [
    { parent: 0, token: 10, score: -1, fate: 'on' },
    { parent: 0, token: 11, score: -2, fate: 'on' },
    { parent: 0, token: 12, score: -3, fate: 'pruned' },
  ],
  [
    { parent: 0, token: 20, score: -1.5, fate: 'on' },
    { parent: 0, token: 21, score: -1.6, fate: 'on' },
    { parent: 1, token: 22, score: -9, fate: 'pruned' },
  ],
  [
    { parent: 1, token: 0, score: -1.7, fate: 'ended' },
    { parent: 0, token: 30, score: -2, fate: 'on' },
    { parent: 0, token: 0, score: -5, fate: 'dropped' },
  ],
]

describe('the tree of a beam search', () => {
  const root = beamTree(trace)

  it('has every node that ran or ended, with its prefix', () => {
    expect(nodesOf(root).map(({ tokens, fate }) => [tokens.join(' '), fate])).toEqual([
      ['', 'prompt'],
      ['10', 'on'],
      ['10 20', 'on'],
      ['10 20 30', 'on'],
      ['10 21', 'on'],
      ['10 21 0', 'ended'],
      ['11', 'on'],
    ])
    expect(nodeAt(root, [10, 21])?.score).toBe(-1.6)
    expect(nodeAt(root, [11, 22])).toBeUndefined()
  })

  it('keeps what was given up at once as stubs, and knows which branches lead nowhere', () => {
    expect(root.stubs.map(({ token }) => token)).toEqual([12])
    expect(nodeAt(root, [10, 20])?.stubs.map(({ token }) => token)).toEqual([0])
    const dead = nodesOf(root).filter(({ lives }) => !lives)
    expect(dead.map(({ tokens }) => tokens)).toEqual([[11]])
  })

  it('can be cut after a step', () => {
    const early = beamTree(trace, 1)
    expect(nodesOf(early).map(({ tokens }) => tokens.join(' '))).toEqual(['', '10', '11'])
    expect(nodesOf(early).every(({ lives }) => lives)).toBe(true)
  })

  it('stands on paper without overlaps, a step a column', () => {
    const { placed, width, height } = placeTree(root, 100, 20)
    expect(width).toBe(400)
    for (const { node, x, y } of placed) {
      expect(x).toBe(100 * node.depth)
      expect(y).toBeGreaterThanOrEqual(10)
      expect(y).toBeLessThanOrEqual(height - 10)
    }
    for (const depth of [1, 2, 3]) {
      const level = placed.filter(({ node }) => node.depth === depth).map(({ y }) => y)
      const gaps = level.toSorted((a, b) => a - b).map((y, i, all) => (i === 0 ? 20 : y - (all[i - 1] as number)))
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(20)
    }
  })
})
