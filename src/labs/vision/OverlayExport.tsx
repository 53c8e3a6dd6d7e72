import { patchPlace } from '../../sequence/patches.ts'
import { ExportMenu } from '../../views/charts/ExportMenu.tsx'
import { useTheme } from '../../views/hooks/useTheme.ts'
import { peak } from '../../viz/matrix.ts'
import { type PhotoFigure, photoSvg } from '../../viz/photo_svg.ts'
import { type Provenance, saveFigure } from '../shared/save_figure.ts'
import { t as words } from '../shared/words/words.ts'
import { canvasOf } from './canvases.ts'
import { patchStatuses } from './readings.ts'
import type { VisionRun } from './state/run.ts'

export interface OverlayExportProps extends Pick<PhotoFigure, 'title' | 'opacity'> {
  run: VisionRun
  /** [N] */
  values: Float32Array
  scale?: PhotoFigure['scale']
  bound?: number
  made: Provenance
}

/** Saves a photo with what lies over it. */
export function OverlayExport({ title, run, values, scale = 'glow', opacity, made, ...rest }: OverlayExportProps) {
  const theme = useTheme()
  const { rows, columns } = run.grid
  const bound = rest.bound ?? peak(values)
  const silenced = patchStatuses(run).some((status) => status !== 'read')
  const figure = {
    title,
    theme,
    legend: { scale, bound },
    says: [words('photo.export.says'), ...(silenced ? [words('photo.export.masked')] : [])],
    svg: () => {
      const photo = canvasOf(run.sharp).toDataURL('image/jpeg', 0.92)
      const statuses = patchStatuses(run)
      return photoSvg({ title, photo, rows, columns, values, bound, scale, opacity, theme, statuses, grid: true })
    },
    table: () => ({
      columns: ['patch', 'row', 'column', title],
      rows: Array.from(values, (value, patch) => {
        const { row, column } = patchPlace(patch, run.grid)
        return [patch + 1, row + 1, column + 1, value]
      }),
    }),
  }
  return <ExportMenu onExport={(format) => saveFigure(format, figure, made)} />
}
