import type { Scoring } from '../../state/readouts.ts'
import { formatChange, formatPercent, formatPoints, formatValue, samePercent } from '../../viz/format.ts'
import { t } from '../words/words.ts'

/** An answer of one run, against the same answer of the run it is compared with. */
export interface ComparedAnswer {
  answer: string
  score: number
  /** What the score is: a share of a distribution, a probability by itself, or a number as it is. */
  scoring: Scoring
  /** What became of the first run's answer; absent in the first run itself. */
  first?: { before: number; after: number }
  /** Total variation distance to the first run's answer, or how far the number moved; see state/readouts.ts. */
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
  const { answer, score, scoring, first, distance } = cell
  const isNumber = scoring === 'none'
  return (
    <>
      <span className="comparison-answer">
        {answer} <span className="mono">{isNumber ? formatValue(score) : formatPercent(score)}</span>
      </span>
      {first && distance !== undefined && <Changed first={first} distance={distance} isNumber={isNumber} />}
    </>
  )
}

/** What became of the first run's answer: nothing where both are printed alike. */
function Changed({
  first: { before, after },
  distance,
  isNumber,
}: Required<Pick<ComparedAnswer, 'first' | 'distance'>> & { isNumber: boolean }) {
  const change = isNumber ? numberChange(before, after) : formatPoints(before, after)
  const changed = change !== null || !(isNumber || samePercent(0, distance))
  const words = isNumber ? change : `${change ?? '0'} · TV ${formatPercent(distance)}`
  return (
    <span className="comparison-change mono" data-changed={changed || undefined}>
      {changed ? words : t('comparison.same')}
    </span>
  )
}

function numberChange(before: number, after: number): string | null {
  return formatValue(before) === formatValue(after) ? null : formatChange(after - before)
}
