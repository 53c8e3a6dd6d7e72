/** One map as files. */

import type { ExportFormat } from '../../views/charts/ExportMenu.tsx'
import { type MapCells, mapCells } from '../../views/maps/cells.ts'
import { matrixPicture } from '../../views/maps/paint.ts'
import type { MapToken } from '../../views/maps/types.ts'
import type { Contrast, ScaleName, Theme } from '../../viz/colour.ts'
import { LARGEST_DRAWN, matrixSvg } from '../../viz/matrix_svg.ts'
import { numbered } from '../../viz/table.ts'
import { type Provenance, saveFigure } from './save_figure.ts'
import { t } from './words/words.ts'

export interface MapExportProps {
  /** Also names the files. */
  title: string
  /** [Tq, Tk] */
  matrix: Float32Array
  tokens: readonly MapToken[]
  /** What is read, where it is not `tokens`. */
  keys?: readonly MapToken[]
  scale?: Extract<ScaleName, 'ink' | 'diverging'>
  bound: number
  /** Which cells the mask leaves open: the others are hatched. */
  readable?: (query: number, key: number) => boolean
  /** The chosen token's place among `tokens`: its row is framed, and where it is read its column. */
  selected?: number | null
  /** What the map is: now, before the last edit, a change. */
  says?: string
  contrast?: Contrast
  made: Provenance
}

/** Pictures show what the screen shows; numbers have every token, for hidden ones are part of the run. */
export function saveMap(format: ExportFormat, map: MapExportProps, theme: Theme): Promise<void> {
  const { title, matrix, tokens, keys = tokens, scale = 'ink', bound, contrast, readable, selected, says, made } = map
  const labels = tokens.map((token) => token.label)
  const across = keys !== tokens
  const style = { scale, theme, bound, contrast }
  const row = (query: number) => [...matrix.subarray(query * keys.length, (query + 1) * keys.length)]
  const cells = mapCells({ matrix, tokens, keys, readable, signed: scale === 'diverging' })
  const framed = selected == null ? -1 : cells.rows.places.indexOf(selected)
  const figure = {
    title,
    theme,
    says: [
      ...(says ? [says] : []),
      ...saidOf(cells, tokens.length + (across ? keys.length : 0)),
      ...(framed >= 0
        ? [
            t(across ? 'map.export.selected.row' : 'map.export.selected', {
              token: cells.rows.tokens[framed]?.label ?? '',
            }),
          ]
        : []),
    ],
    svg: () => {
      const large = cells.values.length > LARGEST_DRAWN
      return matrixSvg({
        values: cells.values,
        rows: cells.rows.tokens.map((token) => token.label),
        columns: cells.columns.tokens.map((token) => token.label),
        title,
        ...style,
        blocked: cells.blocked,
        selected: { row: framed, column: across ? -1 : framed },
        silent: { rows: cells.silent, says: t('map.export.silent') },
        picture: large
          ? matrixPicture(cells.values, { rows: cells.rows.count, columns: cells.columns.count }, style)
          : undefined,
      })
    },
    table: () => ({
      columns: ['query \\ key', ...numbered(keys.map((token) => token.label))],
      rows: numbered(labels).map((label, query) => [label, ...row(query)]),
    }),
    data: () => ({
      axes: 'values[query][key]',
      scale: { from: scale === 'diverging' ? -bound : 0, to: bound, contrast: contrast ?? 'linear' },
      tokens: tokens.map(({ label, kind }, position) => ({ position, label, kind })),
      ...(across && { keys: keys.map(({ label, kind }, position) => ({ position, label, kind })) }),
      values: labels.map((_, query) => row(query)),
    }),
  }
  return saveFigure(format, figure, made)
}

/** What a reader must know who has only the picture. */
function saidOf(cells: MapCells, named: number): string[] {
  let blocked = 0
  for (let row = 0; row < cells.rows.count; row++) {
    for (let column = 0; column < cells.columns.count; column++) if (cells.blocked(row, column)) blocked++
  }
  const hidden = named - cells.rows.count - (cells.columns === cells.rows ? 0 : cells.columns.count)
  return [
    t(cells.signed ? 'map.export.change' : 'map.export.reads'),
    ...(blocked > 0 ? [t('map.export.blocked', { count: blocked })] : []),
    ...(hidden > 0 ? [t('map.export.hidden', { count: hidden })] : []),
  ]
}
