import { fetchPart } from '../../../core/fetch_part.ts'
import type { Token } from '../../../sequence/token.ts'
import { ExportMenu } from '../../../views/charts/ExportMenu.tsx'
import { useTheme } from '../../../views/hooks/useTheme.ts'
import { formatPercent } from '../../../viz/format.ts'
import { peak } from '../../../viz/matrix.ts'
import { canvasOf } from '../../shared/canvases.ts'
import type { Provenance } from '../../shared/save_figure.ts'
import type { PictureRun } from './state/run.ts'
import { t } from './words/words.ts'

export interface ClsMapsExportProps {
  run: PictureRun
  /** The names of the columns, and by class token a map [N] for each. */
  columns: readonly string[]
  rows: readonly { token: Token; values: readonly Float32Array[] }[]
  made: Provenance
}

/** Saves what every class token reads: pictures one under another, numbers a patch. What draws them is fetched then. */
export function ClsMapsExport({ run, columns, rows, made }: ClsMapsExportProps) {
  const theme = useTheme()
  const frames = rows.flatMap(({ token, values }) =>
    columns.map((where, i) => ({
      name: t('maps.frame', { token: token.label, where }),
      values: values[i] as Float32Array,
    })),
  )
  return (
    <ExportMenu
      onExport={async (format) => {
        const { saveFigure } = await fetchPart(() => import('../../shared/save_figure.ts'))
        const { filmSvg } = await fetchPart(() => import('../../../viz/film_svg.ts'))
        const figure = {
          title: t('maps'),
          theme,
          says: [],
          svg: () =>
            filmSvg({
              title: t('maps'),
              photo: canvasOf(run.sharp).toDataURL('image/jpeg', 0.9),
              rows: run.grid.rows,
              columns: run.grid.columns,
              theme,
              frames: frames.map(({ name, values }) => ({
                name,
                values,
                notes: [t('maps.peak', { peak: formatPercent(peak(values)) })],
              })),
            }),
          table: () => ({
            columns: [
              t('maps.row'),
              ...run.doc.base.tokens.filter(({ kind }) => kind === 'patch').map(({ label }) => label),
            ],
            rows: frames.map(({ name, values }) => [name, ...values]),
          }),
        }
        return saveFigure(format, figure, made)
      }}
    />
  )
}
