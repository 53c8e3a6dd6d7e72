import { patchPlace } from '../../sequence/patches.ts'
import { ExportMenu } from '../../views/charts/ExportMenu.tsx'
import { useTheme } from '../../views/hooks/useTheme.ts'
import { type PhotoFigure, photoSvg } from '../../viz/photo_svg.ts'
import { canvasOf } from '../shared/canvases.ts'
import { type Provenance, saveFigure } from '../shared/save_figure.ts'
import { t as words } from '../shared/words/words.ts'
import { patchStatuses } from './readings.ts'
import type { VisionRun } from './state/run.ts'

export interface OverlayExportProps extends Pick<PhotoFigure, 'title' | 'opacity' | 'bound' | 'contrast' | 'selected'> {
  run: VisionRun
  /** [N] */
  values: Float32Array
  scale?: PhotoFigure['scale']
  made: Provenance
}

/** Saves a photo with what lies over it. */
export function OverlayExport({
  title,
  run,
  values,
  scale = 'glow',
  opacity,
  bound,
  contrast,
  selected,
  made,
}: OverlayExportProps) {
  const theme = useTheme()
  const { rows, columns } = run.grid
  const table = () => ({
    columns: ['patch', 'row', 'column', title],
    rows: Array.from(values, (value, patch) => {
      const { row, column } = patchPlace(patch, run.grid)
      return [patch + 1, row + 1, column + 1, value]
    }),
  })
  const silenced = patchStatuses(run).some((status) => status !== 'read')
  const figure = {
    title,
    theme,
    says: [
      words('photo.export.says'),
      ...(silenced ? [words('photo.export.masked')] : []),
      ...(selected == null ? [] : [words('photo.export.selected')]),
    ],
    svg: () => {
      const photo = canvasOf(run.sharp).toDataURL('image/jpeg', 0.92)
      const statuses = patchStatuses(run)
      const grid = true
      const drawn = { title, photo, rows, columns, values, bound, contrast, scale, opacity, theme }
      return photoSvg({ ...drawn, statuses, selected, grid })
    },
    table,
    data: () => ({
      ...table(),
      scale: { from: scale === 'diverging' ? -bound : 0, to: bound, contrast: contrast ?? 'linear' },
    }),
  }
  return <ExportMenu onExport={(format) => saveFigure(format, figure, made)} />
}
