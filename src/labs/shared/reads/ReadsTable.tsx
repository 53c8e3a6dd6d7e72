import type { Kind } from '../../../core/tokens.ts'
import { useTheme } from '../../../views/hooks/useTheme.ts'
import { ScaleLegend } from '../../../views/maps/ScaleLegend.tsx'
import { ramp, rampPosition, textOn } from '../../../viz/colour.ts'
import { t } from './words/words.ts'

/** One line of numbers from 0 to 1: three parts first, then a number a token. */
export interface ReadsRow {
  id: string
  name: string
  /** null: not read back. NaN: not measured. */
  values: readonly number[] | null
}

export interface ReadsTableProps {
  name: string
  /** How many of the columns are parts, which stay in view. */
  parts: readonly string[]
  tokens: readonly { kind: Kind; label: string }[]
  /** The column of the token that reads. */
  own: number
  rows: readonly ReadsRow[]
  /** What masking each token does, under the shares. */
  effects: readonly ReadsRow[]
}

/** Rows are layers, columns tokens: shares in percent, and under each token what masking it does. */
export function ReadsTable({ name, parts, tokens, own, rows, effects }: ReadsTableProps) {
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
      <section className="heat reads" tabIndex={0} aria-label={`${name}, ${t('figure')}`} data-testid="reads-table">
        <table>
          <caption className="sr-only">{name}</caption>
          <thead>
            <tr>
              <td />
              {parts.map((part) => (
                <th key={part} scope="col" className="reads-part">
                  {part}
                </th>
              ))}
              {tokens.map(({ kind, label }, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two tokens may have one label
                <th key={i} scope="col" data-own={i === own || undefined}>
                  <span className="stamp" data-kind={kind}>
                    {label}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Line key={row.id} row={row} parts={parts.length} columns={parts.length + tokens.length} />
            ))}
          </tbody>
          <tbody className="reads-effects">
            {effects.map((row) => (
              <Line key={row.id} row={row} parts={parts.length} columns={parts.length + tokens.length} />
            ))}
          </tbody>
        </table>
      </section>
      <ScaleLegend scale="ink" bound={1} contrast="root" />
    </>
  )
}

function Line({ row, parts, columns }: { row: ReadsRow; parts: number; columns: number }) {
  const theme = useTheme()
  const colour = ramp('ink', theme)
  return (
    <tr data-row={row.id}>
      <th scope="row">{row.name}</th>
      {row.values === null ? (
        <td colSpan={columns} className="reads-missing">
          {t('missing')}
        </td>
      ) : (
        row.values.map((value, c) => {
          const background = colour(rampPosition(value, 1, 'ink', 'root'))
          const blank = Number.isNaN(value)
          return (
            <td
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
              key={c}
              className={c < parts ? 'reads-part' : undefined}
              style={blank ? undefined : { background, color: textOn(background) }}
            >
              {blank ? '' : percentOf(value)}
            </td>
          )
        })
      )}
    </tr>
  )
}

/** Whole percents, which fit a cell: 0, < 1, 12, 100. */
export function percentOf(value: number): string {
  if (value === 0) return '0'
  return value < 0.005 ? '< 1' : String(Math.round(value * 100))
}
