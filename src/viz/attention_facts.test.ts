import { describe, expect, it } from 'vitest'
import { attentionFacts } from './attention_facts.ts'
import { layerStats } from './attention_stats.ts'
import type { Group } from './groups.ts'

const GROUPS: Group[] = ['cls', 'word', 'word', 'sep']
const LABELS = ['[CLS]', 'good', 'film', '[SEP]']
const EVEN = new Array<number>(16).fill(0.25)
/** Every query gives `share` to the last token and the rest evenly to the others. */
const onLast = (share: number) => Array.from({ length: 16 }, (_, i) => (i % 4 === 3 ? share : (1 - share) / 3))
const stats = (...layers: number[][]) => layers.map((map, layer) => layerStats(Float32Array.from(map), layer, 4))

describe('attentionFacts', () => {
  it('names the layer and the group that stand out, with their numbers', () => {
    const facts = attentionFacts(stats(EVEN, onLast(0.7)), GROUPS, LABELS, 4)
    const texts = facts.map(({ text }) => text)
    expect(texts).toContain('In layer 2, 70.0 % of all attention lands on [SEP] (1 of 4 tokens, 25.0 %).')
    expect(texts).toContain('The share of [SEP] rises from 25.0 % to 70.0 % from layer 1 to layer 2.')
    expect(texts).toContain('One head of 2 sends at least half of its attention to one token: [SEP] (row 3).')
  })

  it('names heads that read unlike the median head', () => {
    const facts = attentionFacts(stats(EVEN, EVEN, onLast(1)), GROUPS, LABELS, 4)
    expect(facts.find(({ sort }) => sort === 'narrow')).toEqual({
      sort: 'narrow',
      strength: 1,
      text: 'Layer 3, head 1 reads most narrowly: 0.0 bits, as if each query read 1.0 tokens evenly.',
    })
    expect(facts.some(({ sort }) => sort === 'wide')).toBe(false)
  })

  it('tells the strongest first and nothing that is weak', () => {
    const facts = attentionFacts(stats(onLast(0.3), onLast(0.28)), GROUPS, LABELS, 4)
    expect(facts).toEqual([])
    const strengths = attentionFacts(stats(EVEN, onLast(0.9)), GROUPS, LABELS, 4).map(({ strength }) => strength)
    expect(strengths).toEqual([...strengths].sort((a, b) => b - a))
  })

  it('says nothing where nothing is read', () => {
    expect(attentionFacts(stats(new Array(16).fill(0)), GROUPS, LABELS, 4)).toEqual([])
  })
})
