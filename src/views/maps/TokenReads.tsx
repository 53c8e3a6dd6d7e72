import { formatValue } from '../../viz/format.ts'
import { peak, sumOfColumns, sumOfRows } from '../../viz/matrix.ts'
import type { MapToken } from './types.ts'

export interface TokenReadsProps {
  /** [T, T] of the chosen head. */
  matrix: Float32Array
  tokens: readonly MapToken[]
  /** Indices of the tokens asked about; of several the rows, and the columns, are summed. */
  chosen: readonly number[]
  /** Clicking a bar asks about that token instead. */
  onToken?: (index: number) => void
}

/** Two questions about a selection: what does it read (its rows), and who reads it (its columns)? In order of sequence. */
export function TokenReads({ matrix, tokens, chosen, onToken }: TokenReadsProps) {
  const about = chosen.flatMap((index) => tokens[index] ?? [])
  const only = about.length === 1 ? about[0] : undefined
  if (about.length === 0) return null
  const reads = sumOfRows(matrix, tokens.length, chosen)
  const readBy = sumOfColumns(matrix, tokens.length, chosen)
  const name = only ? (
    <span className="stamp" data-kind={only.kind}>
      {only.label}
    </span>
  ) : (
    <>these {about.length} tokens</>
  )
  const spoken = only?.label ?? `these ${about.length} tokens`
  return (
    <div className="reads" data-testid="token-reads">
      <section data-testid="reads-row">
        <h3>
          What {only ? 'does' : 'do'} {name} read?
        </h3>
        {!only && (
          <p className="hint">
            The sum of their rows: {about.length} queries, so it adds up to {about.length}.
          </p>
        )}
        {peak(reads) === 0 ? (
          <p className="hint">Nothing: no key is readable.</p>
        ) : (
          <ReadList
            name={`What ${spoken} ${only ? 'reads' : 'read'}`}
            values={reads}
            tokens={tokens}
            onToken={onToken}
          />
        )}
      </section>
      <section data-testid="reads-column">
        <h3>Who reads {name}?</h3>
        {!only && <p className="hint">The sum of their columns: how much of each query’s attention lands on them.</p>}
        {about.every((token) => token.masked) ? (
          <p className="hint">Nobody: {only ? 'it is' : 'they are'} masked.</p>
        ) : (
          <ReadList name={`Who reads ${spoken}`} values={readBy} tokens={tokens} onToken={onToken} />
        )}
      </section>
    </div>
  )
}

type ReadListProps = { name: string; values: Float32Array } & Pick<TokenReadsProps, 'tokens' | 'onToken'>

function ReadList({ name, values, tokens, onToken }: ReadListProps) {
  const most = peak(values) || 1
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys
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
                  <span className="bar-fill" style={{ inlineSize: `${(value / most) * 100}%` }} />
                </span>
                <span className="bar-value mono">{formatValue(value)}</span>
              </button>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
