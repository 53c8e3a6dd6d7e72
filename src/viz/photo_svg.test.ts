import { expect, it } from 'vitest'
import { type PhotoFigure, photoSvg } from './photo_svg.ts'

const FIGURE: PhotoFigure = {
  title: 'What [CLS] reads & "more"',
  photo: 'data:image/png;base64,AAAA',
  rows: 1,
  columns: 2,
  values: [0.25, 0.75],
  bound: 0.75,
  scale: 'glow',
  opacity: 0.8,
  theme: 'light',
}

it('lays one named rectangle a patch over the photo', () => {
  const svg = photoSvg(FIGURE)
  expect(svg).toContain('What [CLS] reads &amp; &quot;more&quot;')
  expect(svg).toContain('href="data:image/png;base64,AAAA"')
  expect(svg).toContain('<title>1,1: 0.250</title>')
  expect(svg).toMatch(/class="legend".*>0<\/text>.*>0\.750<\/text>/)
  expect(svg).toContain('<title>1,2: 0.750</title>')
  // The most read patch has the opacity asked for.
  expect(svg).toContain('x="280" y="36" width="280" height="560" fill="rgb(244, 230, 30)" fill-opacity="0.800"')
})

it('signs a change, and draws a bare photo', () => {
  expect(photoSvg({ ...FIGURE, scale: 'diverging', values: [-0.25, 0.75] })).toContain('<title>1,1: −0.250</title>')
  expect(photoSvg({ ...FIGURE, values: [Number.NaN, 1] })).not.toContain('NaN')
  expect(photoSvg({ ...FIGURE, values: null }).match(/<rect/g)).toHaveLength(1)
})

it('writes what is smaller than can be printed so that it is a document still', () => {
  const tiny = photoSvg({ ...FIGURE, values: [1e-5, 2e-5], bound: 2e-5 })
  expect(tiny).toContain('<title>1,1: &lt; 0.001</title>')
  // No "<" but of an element.
  expect(tiny).not.toMatch(/<(?![/a-zA-Z])/)
})

it('frames the patch that is chosen', () => {
  expect(photoSvg(FIGURE)).not.toContain('class="selected"')
  expect(photoSvg({ ...FIGURE, selected: null })).not.toContain('class="selected"')
  expect(photoSvg({ ...FIGURE, selected: 1 })).toContain('class="selected" x="280" y="36" width="280" height="560"')
})
