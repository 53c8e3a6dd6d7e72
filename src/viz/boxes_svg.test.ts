import { expect, it } from 'vitest'
import { boxesSvg } from './boxes_svg.ts'

it('draws a box by its centre and size, and keeps its label inside the picture', () => {
  const svg = boxesSvg([{ x: 0.1, y: 0.1, width: 0.4, height: 0.2, kind: 'chosen', label: 'cat < 0.1 %' }], 100, 36)
  expect(svg).toContain('<rect x="-10" y="36" width="40" height="20" stroke="#ff9c74" stroke-width="3"/>')
  expect(svg).toContain('<text x="5" y="52"')
  expect(svg).toContain('cat &lt; 0.1 %')
})

it('tells boxes apart by their lines, and gives the ones on the way no shadow', () => {
  const box = { x: 0.5, y: 0.5, width: 0.2, height: 0.2 }
  const svg = boxesSvg(
    [
      { ...box, kind: 'truth' },
      { ...box, kind: 'path' },
      { ...box, kind: 'none' },
    ],
    100,
    0,
  )
  expect(svg.match(/<rect/g)).toHaveLength(5)
  expect(svg.match(/stroke-dasharray/g)).toHaveLength(2)
})
