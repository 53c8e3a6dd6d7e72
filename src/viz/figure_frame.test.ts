import { expect, test } from 'vitest'
import { framed } from './figure_frame.ts'
import { matrixSvg } from './matrix_svg.ts'

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="200" viewBox="0 0 600 200"><g/></svg>'

test('carries sentences and link under the figure', () => {
  const link = `https://example.org/#/text?s=${'x'.repeat(400)}`
  const says = ['Hatched cells may not be read & "more".', 'word '.repeat(60).trim()]
  const svg = framed(SVG, { theme: 'light', says, link })
  expect(svg).toContain(SVG)
  expect(svg).toContain('Hatched cells may not be read &amp; &quot;more&quot;.')
  expect(svg).toContain(`<a href="${link}">`)
  // Nothing is lost where lines break.
  const words = [...svg.matchAll(/class="says"[^>]*>([^<]*)</g)].map(([, line]) => line).join(' ')
  expect(words.match(/word/g)).toHaveLength(60)
  const height = Number(/height="(\d+)"/.exec(svg)?.[1])
  const lowest = Math.max(...[...svg.matchAll(/ y="([\d.]+)"/g)].map(([, y]) => Number(y)))
  expect(height).toBeGreaterThan(lowest)
})

test('a map is hatched where it may not be read, and says which rows are silent', () => {
  const svg = matrixSvg({
    values: [0, 1, 0, 0],
    rows: ['a', 'b'],
    columns: ['a', 'b'],
    title: 'A map',
    scale: 'ink',
    theme: 'light',
    bound: 1,
    blocked: (_, column) => column === 0,
    silent: { rows: [1], says: 'reads nothing' },
  })
  expect(svg.match(/class="blocked"/g)).toHaveLength(2)
  expect(svg).toContain('id="hatching"')
  expect(svg.match(/reads nothing/g)).toHaveLength(1)
})
