/** One square map as files: hidden tokens included, they are part of the run. */

import type { ExportFormat } from '../../views/charts/ExportMenu.tsx'
import { matrixPicture } from '../../views/maps/paint.ts'
import type { MapToken } from '../../views/maps/types.ts'
import type { Contrast, ScaleName, Theme } from '../../viz/colour.ts'
import { LARGEST_DRAWN, matrixSvg } from '../../viz/matrix_svg.ts'
import { numbered } from '../../viz/table.ts'
import { type Provenance, saveFigure } from './save_figure.ts'

export interface MapExportProps {
  /** Also names the files. */
  title: string
  /** [T, T] */
  matrix: Float32Array
  tokens: readonly MapToken[]
  scale?: Extract<ScaleName, 'ink' | 'diverging'>
  bound: number
  contrast?: Contrast
  made: Provenance
}

export function saveMap(format: ExportFormat, map: MapExportProps, theme: Theme): Promise<void> {
  const { title, matrix, tokens, scale = 'ink', bound, contrast, made } = map
  const labels = tokens.map((token) => token.label)
  const style = { scale, theme, bound, contrast }
  const row = (query: number) => [...matrix.subarray(query * labels.length, (query + 1) * labels.length)]
  const figure = {
    title,
    svg: () => {
      const picture = matrix.length > LARGEST_DRAWN ? matrixPicture(matrix, labels.length, style) : undefined
      return matrixSvg({ values: matrix, rows: labels, columns: labels, title, ...style, picture })
    },
    table: () => ({
      columns: ['query \\ key', ...numbered(labels)],
      rows: numbered(labels).map((label, query) => [label, ...row(query)]),
    }),
    data: () => ({
      axes: 'values[query][key]',
      scale: { from: scale === 'diverging' ? -bound : 0, to: bound, contrast: contrast ?? 'linear' },
      tokens: tokens.map(({ label, kind }, position) => ({ position, label, kind })),
      values: labels.map((_, query) => row(query)),
    }),
  }
  return saveFigure(format, figure, made)
}
