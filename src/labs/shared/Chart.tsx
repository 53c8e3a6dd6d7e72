import type { ReactNode } from 'react'
import { Figure } from '../../views/charts/Figure.tsx'
import { standaloneSvg } from '../../views/charts/save.ts'
import type { ChartTable } from '../../viz/table.ts'
import { type Provenance, saveFigure } from './save_figure.ts'

export interface ChartProps {
  /** Also names the saved files. */
  title: string
  lead?: ReactNode
  table: ChartTable
  made: Provenance
  /** The figure as a standalone SVG, where the chart on screen is not one. */
  svg?: () => string
  testId?: string
  children: ReactNode
}

/** A chart of a run: its title, its table twin, and its files. */
export function Chart({ title, lead, table, made, svg, testId, children }: ChartProps) {
  return (
    <Figure
      title={title}
      lead={lead}
      table={table}
      testId={testId}
      onExport={(format, element) => {
        const draw = svg ?? (() => (element ? standaloneSvg(element, title) : ''))
        return saveFigure(format, { title, svg: draw, table: () => table }, made)
      }}
    >
      {children}
    </Figure>
  )
}
