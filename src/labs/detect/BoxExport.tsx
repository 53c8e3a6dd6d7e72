import { ExportMenu } from '../../views/charts/ExportMenu.tsx'
import { useTheme } from '../../views/hooks/useTheme.ts'
import { shareBound } from '../../viz/bounds.ts'
import type { FigureBox } from '../../viz/boxes_svg.ts'
import { photoSvg } from '../../viz/photo_svg.ts'
import { canvasOf } from '../shared/canvases.ts'
import { saveFigure } from '../shared/save_figure.ts'
import { t as shared } from '../shared/words/words.ts'
import { className } from './class_name.ts'
import { madeBy } from './provenance.ts'
import { nameOfRow, saidBy } from './said.ts'
import type { Detection } from './state/boxes.ts'
import type { DetectLab } from './state/lab.ts'
import type { DetectLook } from './state/look.ts'
import { boxPath, type DetectRun } from './state/run.ts'
import { t } from './words/words.ts'

export interface BoxExportProps {
  lab: DetectLab
  run: DetectRun
  /** The chosen query's row; −1 where it is not in the run. */
  row: number
  /** What it reads of each patch. */
  reads: Float32Array | null
  /** Those that are drawn beside its own. */
  boxes: readonly Detection[]
}

/** Saves the picture with its boxes and what the chosen query reads; as numbers: what every query that asks says. */
export function BoxExport({ lab, run, row, reads, boxes }: BoxExportProps) {
  const theme = useTheme()
  const title = row < 0 ? t('export.boxes') : t('export.title', { query: nameOfRow(run, row) })
  const figure = {
    title,
    theme,
    says: [...(reads ? [shared('photo.export.says')] : []), t('export.says')],
    svg: () => {
      const { look } = lab.store.getState()
      return photoSvg({
        title,
        photo: canvasOf(run.picture).toDataURL('image/png'),
        rows: run.grid.rows,
        columns: run.grid.columns,
        values: reads,
        bound: shareBound(look.fit, reads ?? []),
        scale: 'glow',
        opacity: 0.7,
        theme,
        boxes: figureBoxes(run, row, boxes, look),
      })
    },
    table: () => ({
      columns: ['query', 'class', 'score', 'no object', 'x', 'y', 'width', 'height', 'drawn'],
      rows: run.detections.map((one) => [
        nameOfRow(run, one.row),
        one.label,
        one.score,
        one.isNone ? 1 : 0,
        one.box.x,
        one.box.y,
        one.box.width,
        one.box.height,
        boxes.some((shown) => shown.row === one.row) ? 1 : 0,
      ]),
    }),
  }
  return <ExportMenu onExport={(format) => saveFigure(format, figure, madeBy(lab, run))} />
}

/** As on screen, from the back to the front. */
function figureBoxes(run: DetectRun, row: number, boxes: readonly Detection[], look: DetectLook): FigureBox[] {
  const own = run.detections.find((one) => one.row === row)
  const path = look.path && row >= 0 ? boxPath(run, row).slice(0, -1) : []
  const truth = look.truth ? (run.objects ?? []) : []
  return [
    ...truth.map(({ box, label }): FigureBox => ({ ...box, kind: 'truth', label: className(label) })),
    ...boxes
      .filter((one) => one.row !== row)
      .map((one): FigureBox => ({ ...one.box, kind: 'other', label: saidBy(one) })),
    ...path.map((box): FigureBox => ({ ...box, kind: 'path' })),
    ...(own ? [{ ...own.box, kind: own.isNone ? ('none' as const) : ('chosen' as const), label: saidBy(own) }] : []),
  ]
}
