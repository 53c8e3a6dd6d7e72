import { shareBound } from '../../viz/bounds.ts'
import { formatValue } from '../../viz/format.ts'
import { peak, sumOfColumns, sumOfRows } from '../../viz/matrix.ts'
import { Rich } from '../Rich.tsx'
import { t } from '../words/words.ts'
import { BarAxis } from './BarAxis.tsx'
import type { FitChoice } from './ScaleLegend.tsx'
import type { MapToken } from './types.ts'

export interface TokenReadsProps {
  /** [T, T] of the chosen head. */
  matrix: Float32Array
  tokens: readonly MapToken[]
  /** Indices of the tokens asked about; of several the rows, and the columns, are summed. */
  chosen: readonly number[]
  /** Axes end at the largest value, and not at what there could be at most. */
  fit: FitChoice
  /** Clicking a bar asks about that token instead. */
  onToken?: (index: number) => void
}

/** Two questions about a selection: what does it read (its rows), and who reads it (its columns)? In order of sequence. */
export function TokenReads({ matrix, tokens, chosen, fit, onToken }: TokenReadsProps) {
  const about = chosen.flatMap((index) => tokens[index] ?? [])
  const only = about.length === 1 ? about[0] : undefined
  if (about.length === 0) return null
  const reads = sumOfRows(matrix, tokens.length, chosen)
  const readBy = sumOfColumns(matrix, tokens.length, chosen)
  const count = about.length
  const stamp = only && (
    <span className="stamp" data-kind={only.kind}>
      {only.label}
    </span>
  )
  return (
    <div className="reads" data-testid="token-reads">
      <section data-testid="reads-row">
        <h3>{stamp ? <Rich words={t} id="reads.row" tags={{ token: stamp }} /> : t('reads.row.many', { count })}</h3>
        {!only && <p className="hint">{t('reads.row.sum', { count })}</p>}
        {peak(reads) === 0 ? (
          <p className="hint">{t('reads.row.none')}</p>
        ) : (
          <ReadList
            name={only ? t('reads.row.name', { token: only.label }) : t('reads.row.name.many', { count })}
            values={reads}
            // Each query reads 1 in all.
            end={fit.fit ? shareBound(true, reads) : count}
            fit={fit}
            tokens={tokens}
            onToken={onToken}
          />
        )}
      </section>
      <section data-testid="reads-column">
        <h3>
          {stamp ? <Rich words={t} id="reads.column" tags={{ token: stamp }} /> : t('reads.column.many', { count })}
        </h3>
        {!only && <p className="hint">{t('reads.column.sum')}</p>}
        {about.every((token) => token.masked) ? (
          <p className="hint">{t('reads.column.none', { count })}</p>
        ) : (
          <ReadList
            name={only ? t('reads.column.name', { token: only.label }) : t('reads.column.name.many', { count })}
            values={readBy}
            end={shareBound(fit.fit, readBy)}
            fit={fit}
            tokens={tokens}
            onToken={onToken}
          />
        )}
      </section>
    </div>
  )
}

interface ReadListProps extends Pick<TokenReadsProps, 'tokens' | 'fit' | 'onToken'> {
  name: string
  values: Float32Array
  /** The value at the end of the axis. */
  end: number
}

function ReadList({ name, values, end, fit, tokens, onToken }: ReadListProps) {
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
      <section className="bars-scroll" tabIndex={0} aria-label={name}>
        <ol className="bars">
          {tokens.map((token, i) => {
            if (token.hidden) return null
            const value = values[i] ?? 0
            return (
              <li key={token.key} data-kind={token.kind} data-masked={token.masked || undefined}>
                <button type="button" className="bar-row" disabled={!onToken} onClick={() => onToken?.(i)}>
                  <span className="bar-label mono">{token.label}</span>
                  <span className="bar-track" aria-hidden="true">
                    <span className="bar-fill" style={{ inlineSize: `${Math.min(1, value / end) * 100}%` }} />
                  </span>
                  <span className="bar-value mono">{formatValue(value)}</span>
                </button>
              </li>
            )
          })}
        </ol>
      </section>
      <BarAxis end={end} fit={fit} />
    </>
  )
}
