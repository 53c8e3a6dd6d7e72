/** Every map of a run as files. */

import type { ExportFormat } from '../../views/charts/ExportMenu.tsx'
import { matrixPicture } from '../../views/maps/paint.ts'
import { type HeadChoice, headId, headName as headInWords, type MapToken } from '../../views/maps/types.ts'
import { atlasSvg } from '../../viz/atlas_svg.ts'
import type { Theme } from '../../viz/colour.ts'
import { headMap, shrink } from '../../viz/matrix.ts'
import { headName } from '../../viz/names.ts'
import { numbered } from '../../viz/table.ts'
import { type Provenance, saveFigure } from './save_figure.ts'
import { t } from './words/words.ts'

export interface AtlasExportProps {
  /** Per layer [H, T, T]; null for a layer that was not read back. */
  maps: readonly (Float32Array | null)[]
  heads: number
  tokens: readonly MapToken[]
  /** Heads switched off, by `headId`: crossed out. */
  ablated?: ReadonlySet<string>
  /** The map that is on screen in large. */
  selected: HeadChoice
  /** Heads that the last edit moved most, by `headId`. */
  moved: ReadonlyMap<string, number>
  /** The value at the end of the colours, as on screen. */
  bound: number
  made: Provenance
}

/** Pixels of a thumbnail's side in a saved atlas, at most. */
const THUMBNAIL = 160

export function saveAtlas(format: ExportFormat, atlas: AtlasExportProps, theme: Theme): Promise<void> {
  const { maps, heads, tokens, bound, ablated, selected, moved, made } = atlas
  const scale = { scale: 'ink', bound, contrast: 'root' } as const
  const columns = ['mean', ...Array.from({ length: heads }, (_, head) => head)] as const
  const T = tokens.length
  const title = t('atlas.export')
  const picture = (map: Float32Array, head: number | 'mean') => {
    const most = { rows: THUMBNAIL, columns: THUMBNAIL }
    const { data, ...shape } = shrink(headMap(map, T, head), { rows: T, columns: T }, most)
    return matrixPicture(data, shape, { ...scale, theme })
  }
  const layers = maps.flatMap((map, layer) => (map ? [{ map, layer }] : []))
  const missing = maps.length - layers.length
  const figure = {
    title,
    theme,
    says: [
      t('atlas.export.says'),
      t('atlas.export.selected', { head: headInWords(selected) }),
      ...(moved.size > 0 ? [t('atlas.export.moved')] : []),
      ...(ablated && ablated.size > 0 ? [t('atlas.export.off', { count: ablated.size })] : []),
      ...(missing > 0 ? [t('atlas.export.missing', { count: missing })] : []),
    ],
    svg: () =>
      atlasSvg({
        title: t('atlas.export.drawn', { model: made.model, title: title.toLowerCase(), count: T }),
        theme,
        columns: columns.map((head) => (head === 'mean' ? t('atlas.export.mean') : headName(head))),
        scale,
        rows: layers.map(({ map, layer }) => ({
          layer,
          cells: columns.map((head) => ({
            picture: picture(map, head),
            off: head !== 'mean' && (ablated?.has(headId(layer, head)) ?? false),
            selected: layer === selected.layer && head === selected.head,
            moved: head !== 'mean' && moved.has(headId(layer, head)),
          })),
        })),
      }),
    table: () => {
      const labels = numbered(tokens.map(({ label }) => label))
      const rows = layers.flatMap(({ map, layer }) =>
        Array.from({ length: heads * T }, (_, row) => [
          layer + 1,
          Math.floor(row / T) + 1,
          labels[row % T] as string,
          ...map.subarray(row * T, (row + 1) * T),
        ]),
      )
      return { columns: ['layer', 'head', 'query \\ key', ...labels], rows }
    },
    data: () => ({
      axes: 'attentions[layer].values[(head · T + query) · T + key], layers and heads from 0',
      tokens: tokens.map(({ label, kind }, position) => ({ position, label, kind })),
      scale: { from: 0, to: bound, contrast: scale.contrast },
      attentions: layers.map(({ map, layer }) => ({ layer, dims: [heads, T, T], values: map })),
    }),
  }
  return saveFigure(format, figure, made)
}
