import { type ReactNode, useId, useRef, useState } from 'react'
import { ActionMenu } from '../primitives/ActionMenu.tsx'
import { Button } from '../primitives/Button.tsx'

export type ExportFormat = 'png' | 'svg' | 'csv' | 'json'

/** The values behind a chart: its table twin. */
export interface ChartTable {
  columns: readonly string[]
  rows: readonly (readonly (string | number)[])[]
}

export interface FigureProps {
  title: ReactNode
  /** What the numbers say, in a sentence; read before the chart. */
  lead?: ReactNode
  table?: ChartTable
  formats?: readonly ExportFormat[]
  /** Asks for an export; `svg` is the chart's own element, where it has one. */
  onExport?: (format: ExportFormat, svg: SVGSVGElement | null) => void
  testId?: string
  children: ReactNode
}

const NAMES: Record<ExportFormat, { label: string; hint: string }> = {
  png: { label: 'PNG', hint: 'a picture, for slides' },
  svg: { label: 'SVG', hint: 'a drawing, for print' },
  csv: { label: 'CSV', hint: 'the numbers, for a spreadsheet' },
  json: { label: 'JSON', hint: 'the numbers and the state that made them' },
}

/** A chart with its title, its sentence, its table twin and its export menu. */
export function Figure({ title, lead, table, formats, onExport, testId, children }: FigureProps) {
  const id = useId()
  const body = useRef<HTMLDivElement>(null)
  const [asTable, setAsTable] = useState(false)
  const [anchor, setAnchor] = useState<Element | null>(null)
  const offered = formats ?? (['png', 'svg', 'csv', 'json'] as const)
  return (
    <figure className="figure" aria-labelledby={id} data-testid={testId}>
      <div className="figure-head">
        <figcaption>
          <h3 id={id}>{title}</h3>
          {lead && <p className="panel-lead">{lead}</p>}
        </figcaption>
        <span className="map-tools">
          {table && (
            <Button small aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
              Table
            </Button>
          )}
          {onExport && (
            <Button small aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}>
              Export
            </Button>
          )}
        </span>
      </div>
      <div ref={body}>{asTable && table ? <TableTwin table={table} name={id} /> : children}</div>
      <ActionMenu
        label="Export"
        anchor={anchor}
        testId="export-menu"
        groups={[{ title: 'Save as', choices: offered.map((format) => ({ id: format, ...NAMES[format] })) }]}
        onClose={() => setAnchor(null)}
        onChoose={(format) => onExport?.(format as ExportFormat, body.current?.querySelector('svg') ?? null)}
      />
    </figure>
  )
}

function TableTwin({ table, name }: { table: ChartTable; name: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys
    <section className="table-scroll" tabIndex={0} aria-labelledby={name}>
      <table className="table mono">
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, r) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of numbers have no other name
            <tr key={r}>
              {row.map((value, c) =>
                c === 0 ? (
                  <th key={table.columns[c]} scope="row">
                    {value}
                  </th>
                ) : (
                  <td key={table.columns[c]}>{value}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
