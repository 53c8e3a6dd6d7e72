/** What is on screen as files: pictures, and numbers with the state that made them. */

import type { ExportFormat } from '../../views/charts/ExportMenu.tsx'
import { saveFile, svgToPng } from '../../views/charts/save.ts'
import type { Theme } from '../../viz/colour.ts'
import { framed } from '../../viz/figure_frame.ts'
import { type ChartTable, fileName, rounded, toCsv } from '../../viz/table.ts'
import { t } from './words/words.ts'

/** Where a run came from: the model and everything a permalink holds. */
export interface Provenance {
  model: string
  /** The state of the lab that made the run, as `clsroom.setState` takes it; asked for when something is saved. */
  state: () => unknown
  /** The address that opens that state. */
  link: () => string
}

export interface SavedFigure {
  title: string
  svg: () => string
  /** What stands under the picture beside model and link. */
  says: readonly string[]
  theme: Theme
  table: () => ChartTable
  /** What JSON holds beside title and state; the table by default. */
  data?: () => Record<string, unknown>
}

export async function saveFigure(format: ExportFormat, figure: SavedFigure, made: Provenance): Promise<void> {
  const name = fileName([made.model, figure.title], format)
  switch (format) {
    case 'svg':
      return saveFile(name, pictureOf(figure, made), 'image/svg+xml')
    case 'png':
      return saveFile(name, await svgToPng(pictureOf(figure, made)))
    case 'csv':
      return saveFile(name, toCsv(figure.table()), 'text/csv')
    case 'json': {
      const data = figure.data?.() ?? { ...figure.table() }
      const content = { title: figure.title, model: made.model, state: made.state(), ...data }
      return saveFile(name, JSON.stringify(content, plain), 'application/json')
    }
  }
}

/** The figure with everything that makes it understood where it is pasted. */
function pictureOf({ svg, says, theme }: SavedFigure, made: Provenance): string {
  const link = made.link()
  return framed(svg(), { theme, says: [...says, t('figure.made', { model: made.model })], link })
}

/** Typed arrays as lists, numbers as short as they are exact. */
function plain(_: string, value: unknown): unknown {
  if (value instanceof Float32Array || value instanceof Float64Array) return Array.from(value)
  return typeof value === 'number' ? rounded(value) : value
}
