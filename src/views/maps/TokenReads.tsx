import { formatValue } from '../../viz/format.ts'
import { columnOf, peak, rowOf } from '../../viz/matrix.ts'
import type { MapToken } from './types.ts'

export interface TokenReadsProps {
  /** [T, T] of the chosen head. */
  matrix: Float32Array
  tokens: readonly MapToken[]
  /** Index of the token asked about. */
  token: number
  /** Clicking a bar asks about that token instead. */
  onToken?: (index: number) => void
}

/** Two questions about one token: what does it read (its row), and who reads it (its column)? In order of sequence. */
export function TokenReads({ matrix, tokens, token, onToken }: TokenReadsProps) {
  const about = tokens[token]
  if (!about) return null
  const reads = rowOf(matrix, tokens.length, token)
  const readBy = columnOf(matrix, tokens.length, token)
  const name = (
    <span className="stamp" data-kind={about.kind}>
      {about.label}
    </span>
  )
  return (
    <div className="reads" data-testid="token-reads">
      <section data-testid="reads-row">
        <h3>What does {name} read?</h3>
        {peak(reads) === 0 ? (
          <p className="hint">It reads nothing: no key is readable.</p>
        ) : (
          <ReadList name={`What ${about.label} reads`} values={reads} tokens={tokens} onToken={onToken} />
        )}
      </section>
      <section data-testid="reads-column">
        <h3>Who reads {name}?</h3>
        {about.masked ? (
          <p className="hint">Nobody: it is masked.</p>
        ) : (
          <ReadList name={`Who reads ${about.label}`} values={readBy} tokens={tokens} onToken={onToken} />
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
