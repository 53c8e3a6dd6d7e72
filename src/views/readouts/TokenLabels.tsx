import type { ReactNode } from 'react'
import type { Kind } from '../../core/tokens.ts'
import { formatPercent } from '../../viz/format.ts'
import { t } from '../words/words.ts'

export interface LabelledToken {
  key: number
  kind: Kind
  token: string
  /** Its best class, and how probable. */
  label: string
  probability: number
  /** The best class before the last edit, where it was another one. */
  was?: string
}

export interface TokenLabelsProps {
  title: string
  tokens: readonly LabelledToken[]
  selected: number | null
  onSelect: (key: number) => void
  /** The distribution of the chosen token. */
  children?: ReactNode
}

/** One class a token: each token over its label. */
export function TokenLabels({ title, tokens, selected, onSelect, children }: TokenLabelsProps) {
  return (
    <section className="readout" data-testid="token-labels">
      <h3>{title}</h3>
      <ol className="token-labels">
        {tokens.map(({ key, kind, token, label, probability, was }) => (
          <li key={key}>
            <button
              type="button"
              className="token-label"
              aria-pressed={key === selected}
              data-key={key}
              data-label={label}
              title={t('labels.token', { token, label, share: formatPercent(probability) })}
              onClick={() => onSelect(key)}
            >
              <span className="stamp" data-kind={kind}>
                {token}
              </span>
              <span className="token-label-class">{label}</span>
              {was !== undefined && <s className="token-label-was">{was}</s>}
            </button>
          </li>
        ))}
      </ol>
      {children ?? <p className="hint">{t('labels.choose')}</p>}
    </section>
  )
}
