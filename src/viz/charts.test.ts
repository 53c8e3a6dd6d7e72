import { describe, expect, it } from 'vitest'
import { atlasSvg } from './atlas_svg.ts'
import { differenceBound } from './bounds.ts'
import { lineScales, spreadLabels, stackShares } from './charts.ts'
import { ramp, rampPosition } from './colour.ts'
import { escapeXml } from './escape_xml.ts'
import { matrixSvg } from './matrix_svg.ts'

describe('stackShares', () => {
  it('lays kinds out in their canonical order, and sums what is given twice', () => {
    const parts = stackShares(
      [
        { kind: 'word', share: 0.25 },
        { kind: 'cls', share: 0.5 },
        { kind: 'word', share: 0.25 },
      ],
      200,
    )
    expect(parts).toEqual([
      { kind: 'cls', share: 0.5, x: 0, width: 100 },
      { kind: 'word', share: 0.5, x: 100, width: 100 },
    ])
  })
})

describe('lineScales', () => {
  const box = { width: 400, height: 200, left: 40, right: 20, top: 10, bottom: 30 }

  it('runs inside the box, from zero', () => {
    const { x, y } = lineScales(
      [
        [
          { x: 0, y: 0.2 },
          { x: 1, y: 0.93 },
        ],
      ],
      box,
    )
    expect([x(0), x(1)]).toEqual([40, 380])
    expect(y(0)).toBe(170)
    expect(y(0.93)).toBeGreaterThanOrEqual(10)
  })

  it('survives a single point of zero', () => {
    const { x, y } = lineScales([[{ x: 3, y: 0 }]], box)
    expect(Number.isFinite(x(3))).toBe(true)
    expect(Number.isFinite(y(0))).toBe(true)
  })
})

describe('spreadLabels', () => {
  it('keeps labels apart and above the bottom', () => {
    const placed = spreadLabels([100, 101, 99], 15, 110)
    const sorted = [...placed].sort((a, b) => a - b)
    expect(sorted.at(-1)).toBeLessThanOrEqual(110)
    expect((sorted[1] ?? 0) - (sorted[0] ?? 0)).toBeGreaterThanOrEqual(15)
    expect((sorted[2] ?? 0) - (sorted[1] ?? 0)).toBeGreaterThanOrEqual(15)
    expect(placed[2]).toBe(sorted[0])
  })
})

/** The ends of the drawn legend. */
function legendOf(svg: string): string[] {
  const [legend = ''] = /<g class="legend".*?<\/g>/.exec(svg) ?? []
  return [...legend.matchAll(/>([^<>]+)<\/text>/g)].map(([, end]) => end as string)
}

describe('atlasSvg', () => {
  it('has every picture in its place, named', () => {
    const cell = (name: string, off = false) => ({ picture: `data:${name}`, off })
    const rows = [
      { layer: 0, cells: [cell('a'), cell('b')] },
      { layer: 2, cells: [cell('c'), cell('d', true)] },
    ]
    const scale = { scale: 'ink', bound: 0.503, contrast: 'root' } as const
    const svg = atlasSvg({ title: 'a < b', theme: 'light', columns: ['mean', 'head 1'], scale, rows })
    const places = [...svg.matchAll(/<image x="(\d+)" y="(\d+)".*?href="data:(\w)"/g)].map(([, x, y, name]) => [
      name,
      Number(x),
      Number(y),
    ])
    expect(places.map(([name]) => name)).toEqual(['a', 'b', 'c', 'd'])
    expect(places[0]?.[1]).toBe(places[2]?.[1])
    expect(places[0]?.[2]).toBe(places[1]?.[2])
    expect(svg).toContain('>layer 3</text>')
    expect(svg).toContain('>mean</text>')
    expect(svg.match(/class="off"/g)).toHaveLength(1)
    expect(svg).toContain('a &lt; b')
    expect(legendOf(svg)).toEqual(['0', '0.503'])
  })

  it('frames the map that is chosen, and dots the heads that moved', () => {
    const cells = [{ picture: 'data:a', selected: true }, { picture: 'data:b', moved: true }, { picture: 'data:c' }]
    const columns = ['mean', '1', '2']
    const scale = { scale: 'ink', bound: 1 } as const
    const svg = atlasSvg({ title: '', theme: 'light', columns, scale, rows: [{ layer: 0, cells }] })
    const [a, b] = [...svg.matchAll(/<image x="(\d+)" y="(\d+)"/g)].map(([, x, y]) => [Number(x), Number(y)])
    const around = /class="selected" x="(\d+)" y="(\d+)"/.exec(svg)
    expect(svg.match(/class="selected"/g)).toHaveLength(1)
    expect([Number(around?.[1]) + 3, Number(around?.[2]) + 3]).toEqual(a)
    expect(svg.match(/class="moved"/g)).toHaveLength(1)
    const dot = Number(/class="moved" cx="(\d+)"/.exec(svg)?.[1])
    expect(dot).toBeGreaterThan((b?.[0] as number) + 48)
    expect(dot).toBeLessThan((b?.[0] as number) + 96)
  })
})

describe('matrixSvg', () => {
  it('writes every value with its labels, and no markup of theirs', () => {
    const svg = matrixSvg({
      values: [0.25, 0.75],
      rows: ['<b>'],
      columns: ['[CLS]', 'a & b'],
      title: 'layer 1',
      scale: 'ink',
      theme: 'light',
      bound: 1,
    })
    expect(svg).toContain('&lt;b&gt; → [CLS]: 0.250')
    expect(svg).toContain('&lt;b&gt; → a &amp; b: 0.750')
    expect(svg).not.toContain('<b>')
    expect(legendOf(svg)).toEqual(['0', '1'])
  })

  it('frames the row and the column that are chosen, and nothing where nothing is', () => {
    const figure = {
      title: '',
      scale: 'ink',
      theme: 'light',
      bound: 1,
      rows: ['a', 'b'],
      columns: ['a', 'b', 'c'],
    } as const
    const values = [0, 0, 0, 0, 0, 0]
    const frames = (selected?: { row: number; column: number }) =>
      [
        ...matrixSvg({ ...figure, values, selected }).matchAll(
          /class="selected" x="([\d.]+)" y="([\d.]+)" width="(\d+)" height="(\d+)"/g,
        ),
      ].map((found) => found.slice(1).map(Number))
    expect(frames()).toEqual([])
    expect(frames({ row: -1, column: -1 })).toEqual([])
    const [row, column] = frames({ row: 1, column: 2 })
    expect(row?.slice(2)).toEqual([120, 40])
    expect(column?.slice(2)).toEqual([40, 80])
    expect((row?.[1] as number) - (column?.[1] as number)).toBeCloseTo(40)
    expect((column?.[0] as number) - (row?.[0] as number)).toBeCloseTo(80)
  })

  it('carries the scale of a difference, to both sides of nothing', () => {
    const figure = {
      values: [0.001],
      rows: ['a'],
      columns: ['a'],
      title: '',
      scale: 'diverging',
      theme: 'light',
    } as const
    const svg = matrixSvg({ ...figure, bound: differenceBound(figure.values) })
    expect(legendOf(svg)).toEqual(['−0.100', '+0.100'])
    const cell = /<rect [^>]*fill="([^"]+)"><title>a → a: \+0.001/.exec(svg)?.[1]
    const [low, , high] = [-1, 0, 1].map((t) => ramp('diverging', 'light')(rampPosition(t, 1, 'diverging')))
    expect(cell).toBeDefined()
    expect([low, high]).not.toContain(cell)
  })

  it('takes a picture in the place of very many cells, with the labels that fit', () => {
    const labels = Array.from({ length: 512 }, (_, i) => `t${i}`)
    const picture = 'data:image/png;base64,AA=='
    const svg = matrixSvg({
      values: [],
      rows: labels,
      columns: labels,
      title: '',
      scale: 'ink',
      theme: 'dark',
      bound: 1,
      picture,
    })
    expect(svg).toContain(`href="${picture}"`)
    expect(svg.match(/<rect/g)).toHaveLength(1 + 21)
    const rows = [...svg.matchAll(/y="([\d.]+)" text-anchor="end"/g)].map((match) => Number(match[1]))
    expect(rows.length).toBeGreaterThan(80)
    expect(Math.min(...rows.slice(1).map((y, i) => y - (rows[i] ?? 0)))).toBeGreaterThanOrEqual(9)
  })

  it('replaces what XML forbids', () => {
    expect(escapeXml('a\u0000b\ud800c')).toBe('a\ufffdb\ufffdc')
    expect(escapeXml('🦄')).toBe('🦄')
  })
})
