import type { TruncationStrategy } from '../../sequence/truncate.ts'
import { Segmented } from '../../views/primitives/Segmented.tsx'
import { Rich } from '../../views/Rich.tsx'
import { whole } from '../../words/numbers.ts'
import type { cutText } from './state/doc.ts'
import { t } from './words/words.ts'

export interface TruncationNoteProps {
  cut: ReturnType<typeof cutText>
  maxTokens: number
  segments: number
  strategy: TruncationStrategy
  onStrategy: (strategy: TruncationStrategy) => void
}

const SHOWN = 90 // characters of what was cut

/** What of the texts did not fit into the model, and which segment gives way. */
export function TruncationNote({ cut, maxTokens, segments, strategy, onStrategy }: TruncationNoteProps) {
  const total = cut.reduce((sum, { pieces }) => sum + pieces, 0)
  const notOnlySecond = strategy === 'only_second' && cut.some(({ segment }) => segment !== 1)
  return (
    <div className="note" role="status" data-testid="truncation">
      <p>
        <strong>{t('cut', { count: total })}</strong> {t('cut.limit', { count: maxTokens })}
        {notOnlySecond && ` ${t('cut.longest')}`}
      </p>
      <ul>
        {cut.map(({ segment, pieces, text }) => (
          <li key={segment}>
            <Rich
              words={t}
              id="cut.segment"
              values={{ segment: segment + 1, pieces: whole(pieces) }}
              tags={{ text: <del>{text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text}</del> }}
            />
          </li>
        ))}
      </ul>
      {segments > 1 && (
        <Segmented
          label={t('cut.strategy')}
          showLabel
          small
          testId="truncation-strategy"
          value={strategy}
          options={[
            { value: 'longest_first', label: t('cut.strategy.longest') },
            { value: 'only_second', label: t('cut.strategy.second') },
          ]}
          onChange={onStrategy}
        />
      )}
    </div>
  )
}
