import { formatPercent } from '../../viz/format.ts'
import { Rich } from '../Rich.tsx'
import { t } from '../words/words.ts'
import { GhostChange, GhostMark } from './Ghost.tsx'

export interface MaskPrediction {
  /** The key of the [MASK] token. */
  key: string
  /** Its position in the sequence. */
  position: number
  /** The word that was there, where one was. */
  original?: string
  /** `before`: in the run before the last edit. */
  words: readonly { id: number; word: string; probability: number; before?: number }[]
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
        <Rich words={t} id="masks.title" tags={{ token: <span className="stamp" data-kind="mask" /> }} />
      </h3>
      {masks.length === 0 && <p className="hint">{t('masks.none')}</p>}
      <div className="mask-list">
        {masks.map((mask) => (
          <div key={mask.key} data-testid="mask-prediction" data-key={mask.key}>
            <p className="hint mono">
              {mask.original === undefined
                ? t('masks.at', { position: mask.position })
                : t('masks.was', { position: mask.position, word: mask.original })}
            </p>
            <ol className="bars" data-kind="mask">
              {mask.words.map((choice) => (
                <li key={choice.id} data-right={choice.word === mask.original || undefined}>
                  <button
                    type="button"
                    className="bar-row"
                    disabled={!onChoose}
                    title={onChoose && t('masks.put', { word: choice.word })}
                    onClick={() => onChoose?.(mask.key, choice)}
                  >
                    <span className="bar-label bar-word">{choice.word}</span>
                    <span className="bar-track" aria-hidden="true">
                      <span className="bar-fill" style={{ inlineSize: `${choice.probability * 100}%` }} />
                      <GhostMark before={choice.before} />
                    </span>
                    <span className="bar-value mono">
                      {formatPercent(choice.probability)}
                      <GhostChange now={choice.probability} before={choice.before} />
                    </span>
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
