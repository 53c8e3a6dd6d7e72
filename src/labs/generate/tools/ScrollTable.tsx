import type { ReactNode } from 'react'
import { cx } from '../../../views/cx.ts'

export interface ScrollTableProps {
  name: string
  columns: readonly string[]
  className?: string
  testId?: string
  /** Rows. */
  children: ReactNode
}

/** A table that scrolls by itself where it is wider than its place. */
export function ScrollTable({ name, columns, className, testId, children }: ScrollTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys
    <section className="table-scroll" tabIndex={0} aria-label={name}>
      <table className={cx('table', className)} data-testid={testId}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}
