import { type ReactNode, useId, useRef, useState } from 'react'
import { formatValue } from '../../viz/format.ts'
import type { ChartTable } from '../../viz/table.ts'
import { HelpButton } from '../help/HelpButton.tsx'
import type { HelpRef } from '../help/help.ts'
import { Button } from '../primitives/Button.tsx'
import { useHeadingClass } from '../shell/head_over.ts'
import { t } from '../words/words.ts'
import { type ExportFormat, ExportMenu } from './ExportMenu.tsx'

export interface FigureProps {
  title: ReactNode
  /** What answers "What am I seeing?", where it is another answer than that of the panel or tool round it. */
  help?: HelpRef
  /** What the numbers say, in a sentence; read before the chart. */
  lead?: ReactNode
  table?: ChartTable
  formats?: readonly ExportFormat[]
  /** Asks for an export; `svg` is the chart's own element, where it has one. */
  onExport?: (format: ExportFormat, svg: SVGSVGElement | null) => Promise<void>
  testId?: string
  children: ReactNode
}

/** A chart with its title, its sentence, its table twin and its export menu. */
export function Figure({ title, help, lead, table, formats, onExport, testId, children }: FigureProps) {
  const id = useId()
  const body = useRef<HTMLDivElement>(null)
  const [asTable, setAsTable] = useState(false)
  return (
    <figure className="figure" aria-labelledby={id} data-testid={testId}>
      <div className="figure-head">
        <figcaption>
          <div className="panel-title">
            <h3 id={id} className={useHeadingClass(title)}>
              {title}
            </h3>
            {help && <HelpButton help={help} named={id} />}
          </div>
          {lead && <p className="panel-lead">{lead}</p>}
        </figcaption>
        <span className="map-tools">
          {table && (
            <Button small aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
              {t('figure.table')}
            </Button>
          )}
          {onExport && (
            <ExportMenu
              formats={asTable ? ['csv', 'json'] : formats}
              onExport={(format) => onExport(format, body.current?.querySelector('svg') ?? null)}
            />
          )}
        </span>
      </div>
      <div ref={body}>{asTable && table ? <TableTwin table={table} name={id} /> : children}</div>
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
                  <td key={table.columns[c]}>{typeof value === 'number' ? formatNumber(value) : value}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Counts and rows as they are, measured values rounded as in the charts. */
function formatNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : formatValue(value)
}
