import type { ReactNode } from 'react'
import type { ExportFormat } from '../../views/charts/ExportMenu.tsx'
import { Figure } from '../../views/charts/Figure.tsx'
import { standaloneSvg } from '../../views/charts/save.ts'
import type { HelpRef } from '../../views/help/help.ts'
import { useTheme } from '../../views/hooks/useTheme.ts'
import type { ChartTable } from '../../viz/table.ts'
import { type Provenance, saveFigure } from './save_figure.ts'

export interface ChartProps {
  /** Also names the saved files. */
  title: string
  help?: HelpRef
  lead?: ReactNode
  table: ChartTable
  made: Provenance
  /** The figure as a standalone SVG, where the chart on screen is not one. */
  svg?: () => string
  /** Where there is nothing to draw: the numbers only. */
  formats?: readonly ExportFormat[]
  testId?: string
  children: ReactNode
}

/** A chart of a run: its title, its table twin, and its files. */
export function Chart({ title, help, lead, table, made, svg, formats, testId, children }: ChartProps) {
  const theme = useTheme()
  return (
    <Figure
      title={title}
      help={help}
      lead={lead}
      table={table}
      testId={testId}
      formats={formats}
      onExport={(format, element) => {
        const draw = svg ?? (() => (element ? standaloneSvg(element, title) : ''))
        const says = typeof lead === 'string' ? [lead] : []
        return saveFigure(format, { title, svg: draw, says, theme, table: () => table }, made)
      }}
    >
      {children}
    </Figure>
  )
}
