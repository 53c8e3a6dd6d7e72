import { useMemo } from 'react'
import { useTheme } from '../../../views/hooks/useTheme.ts'
import { ramp, rampPosition, textOn } from '../../../viz/colour.ts'
import { formatPercent } from '../../../viz/format.ts'
import { whole } from '../../../words/numbers.ts'
import { clsName, headName } from './class_name.ts'
import { type MaskCell, maskTable, type Part } from './state/mask_table.ts'
import type { PictureRun } from './state/run.ts'
import { t } from './words/words.ts'

export interface TaskMaskProps {
  run: PictureRun
  layer: number
  head: number | 'mean'
  /** Whose row is chosen. */
  asker: string
}

/** Table 1 of the paper as the mask it is: who may read what, and how much of their attention goes there. */
export function TaskMask({ run, layer, head, asker }: TaskMaskProps) {
  const table = useMemo(() => maskTable(run, layer, head), [run, layer, head])
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
      <section className="heat task-mask" tabIndex={0} aria-label={t('mask.caption')} data-testid="mask-table">
        <table>
          <caption className="sr-only">{t('mask.caption')}</caption>
          <thead>
            <tr>
              <td />
              {table.columns.map((column) => (
                <th key={partName(column)} scope="col">
                  {partName(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, r) => (
              <tr key={partName(row)} data-chosen={headOf(row) === asker || undefined}>
                <th scope="row">{partName(row)}</th>
                {table.columns.map((column, c) => (
                  <Cell key={partName(column)} cell={table.cells[r]?.[c] as MaskCell} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="hint" data-testid="mask-cells" data-open={table.open}>
        {t('mask.cells', {
          open: whole(table.open),
          all: whole(table.all),
          rows: table.all / run.keys.length,
          keys: run.keys.length,
        })}
      </p>
    </>
  )
}

function Cell({ cell }: { cell: MaskCell }) {
  const { open, keys, share } = cell
  const theme = useTheme()
  if (keys === 0) return <td className="mask-none">{t('mask.absent')}</td>
  if (open === 0)
    return <td className="mask-shut" data-open={false} title={t('mask.shut')} aria-label={t('mask.shut')} />
  const background = ramp('ink', theme)(rampPosition(share ?? 0, 1, 'ink'))
  return (
    <td style={{ background, color: textOn(background) }} data-open={true} title={openSaid(cell)}>
      {share === null ? '–' : percentOf(share)}
    </td>
  )
}

function openSaid({ open, keys, share }: MaskCell): string {
  const may = t('mask.open', { open, keys })
  return share === null ? may : t('mask.share', { may, share: formatPercent(share) })
}

/** Whole percents: eight columns find room beside the picture. */
function percentOf(share: number): string {
  return whole(Math.round(100 * share))
}

function headOf(part: Part): string | null {
  if (part.kind === 'base') return 'base'
  return part.kind === 'cls' ? part.task : null
}

export function partName(part: Part): string {
  switch (part.kind) {
    case 'base':
      return clsName('base')
    case 'inputs':
      return t('part.patches')
    case 'cls':
      return clsName(part.task)
    case 'memory':
      return t('part.memory', { task: headName(part.task) })
  }
}
