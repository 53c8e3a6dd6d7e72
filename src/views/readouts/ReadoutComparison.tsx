import { formatPercent, formatPoints, samePercent } from '../../viz/format.ts'
import { t } from '../words/words.ts'

/** An answer of one run, against the same answer of the run it is compared with. */
export interface ComparedAnswer {
  answer: string
  probability: number
  /** What became of the first run's answer; absent in the first run itself. */
  first?: { before: number; after: number }
  /** Total variation distance to the first run's distribution. */
  distance?: number
}

export interface ReadoutComparisonProps {
  /** Spoken, and the table's caption. */
  name: string
  /** The first is what the others are compared with. */
  columns: readonly { id: string; title: string; hint?: string }[]
  /** One cell a column; null where that run gives no such answer, undefined while it is computed. */
  rows: readonly { id: string; title: string; cells: readonly (ComparedAnswer | null | undefined)[] }[]
}

/** Every answer of a few runs side by side, with what changed. */
export function ReadoutComparison({ name, columns, rows }: ReadoutComparisonProps) {
  return (
    <div className="comparison-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
      <section className="table-scroll" tabIndex={0} aria-label={name} data-testid="comparison">
        <table className="table comparison">
          <caption className="sr-only">{name}</caption>
          <thead>
            <tr>
              <th scope="col">{t('comparison.readout')}</th>
              {columns.map(({ id, title, hint }) => (
                <th key={id} scope="col" data-column={id}>
                  {title}
                  {hint && <span className="comparison-hint">{hint}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} data-readout={row.id}>
                <th scope="row">{row.title}</th>
                {columns.map(({ id }, c) => (
                  <td key={id} data-column={id}>
                    <Answer cell={row.cells[c]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="hint">{t('comparison.hint')}</p>
    </div>
  )
}

function Answer({ cell }: { cell: ComparedAnswer | null | undefined }) {
  if (cell === undefined) return <span className="hint">{'…'}</span>
  if (cell === null) return <span className="hint">{t('comparison.none')}</span>
  const { answer, probability, first, distance } = cell
  const change = first && formatPoints(first.before, first.after)
  const changed = change != null || (distance !== undefined && !samePercent(0, distance))
  return (
    <>
      <span className="comparison-answer">
        {answer} <span className="mono">{formatPercent(probability)}</span>
      </span>
      {first && distance !== undefined && (
        <span className="comparison-change mono" data-changed={changed || undefined}>
          {changed ? `${change ?? '0'} · TV ${formatPercent(distance)}` : t('comparison.same')}
        </span>
      )}
    </>
  )
}
