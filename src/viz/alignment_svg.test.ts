import { describe, expect, it } from 'vitest'
import { alignmentSvg } from './alignment_svg.ts'

const FIGURE = {
  title: 'Alignment <1>',
  theme: 'light',
  targets: ['→ 4', '→ 2'],
  sources: ['▁forty', '▁two', '</s>'],
  shares: [0.9, 0.01, 0.09, 0, 1, 0],
} as const

describe('alignmentSvg', () => {
  it('names both lists, and joins what is read by lines as strong', () => {
    const svg = alignmentSvg(FIGURE)
    for (const label of ['→ 4', '→ 2', '▁forty', '▁two', '&lt;/s&gt;', 'Alignment &lt;1&gt;'])
      expect(svg).toContain(`>${label}<`)
    const lines = [...svg.matchAll(/stroke-opacity="([\d.]+)"/g)].map(([, share]) => Number(share))
    expect(lines).toEqual([0.9, 0.09, 1]) // 0.01 would not be seen
  })

  it('dashes what the task says is wrong, and nothing where it says nothing', () => {
    const dashed = (truth: (number[] | null)[]) =>
      alignmentSvg({ ...FIGURE, truth }).split('stroke-dasharray').length - 1
    expect(dashed([[0], [1]])).toBe(1)
    expect(dashed([[1], null])).toBe(2)
  })

  it('lets the chosen row stand out', () => {
    const svg = alignmentSvg({ ...FIGURE, chosen: 1 })
    expect(svg.match(/stroke-opacity="0.300"/g)).toHaveLength(1)
    expect(svg).toContain('stroke-opacity="1.000"')
  })
})
