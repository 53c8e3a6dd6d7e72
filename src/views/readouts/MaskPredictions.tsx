import { formatPercent } from '../../viz/format.ts'

export interface MaskPrediction {
  /** The key of the [MASK] token. */
  key: string
  /** Its position in the sequence. */
  position: number
  /** The word that was there, where one was. */
  original?: string
  words: readonly { id: number; word: string; probability: number }[]
}

export interface MaskPredictionsProps {
  masks: readonly MaskPrediction[]
  /** Puts a word in the place of its [MASK]. */
  onChoose?: (key: string, choice: { id: number; word: string }) => void
}

/** What the model would write at each [MASK]. */
export function MaskPredictions({ masks, onChoose }: MaskPredictionsProps) {
  return (
    <section className="readout" data-testid="mask-predictions">
      <h3>
        What is under{' '}
        <span className="stamp" data-kind="mask">
          [MASK]
        </span>
        ?
      </h3>
      {masks.length === 0 && (
        <p className="hint">Replace a word by [MASK], or insert one, to see what the model would write.</p>
      )}
      <div className="mask-list">
        {masks.map((mask) => (
          <div key={mask.key} data-testid="mask-prediction" data-key={mask.key}>
            <p className="hint mono">
              @{mask.position}
              {mask.original !== undefined && ` was “${mask.original}”`}
            </p>
            <ol className="bars" data-kind="mask">
              {mask.words.map((choice) => (
                <li key={choice.id} data-right={choice.word === mask.original || undefined}>
                  <button
                    type="button"
                    className="bar-row"
                    disabled={!onChoose}
                    title={onChoose && `Put “${choice.word}” here`}
                    onClick={() => onChoose?.(mask.key, choice)}
                  >
                    <span className="bar-label bar-word">{choice.word}</span>
                    <span className="bar-track" aria-hidden="true">
                      <span className="bar-fill" style={{ inlineSize: `${choice.probability * 100}%` }} />
                    </span>
                    <span className="bar-value mono">{formatPercent(choice.probability)}</span>
                  </button>
                </li>
              ))}
            </ol>
          </div>
        ))}
      </div>
    </section>
  )
}
