import type { TruncationStrategy } from '../../sequence/truncate.ts'
import { Segmented } from '../../views/primitives/Segmented.tsx'
import type { cutText } from './state/doc.ts'

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
        <strong>
          {total.toLocaleString('en')} {total === 1 ? 'piece does' : 'pieces do'} not fit.
        </strong>{' '}
        The model reads {maxTokens} tokens; the text boxes keep everything.
        {notOnlySecond && ' The second segment alone cannot give enough, so the longest gives way.'}
      </p>
      <ul>
        {cut.map(({ segment, pieces, text }) => (
          <li key={segment}>
            Segment {segment + 1}, {pieces.toLocaleString('en')} cut:{' '}
            <del>{text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text}</del>
          </li>
        ))}
      </ul>
      {segments > 1 && (
        <Segmented
          label="What gives way"
          showLabel
          small
          testId="truncation-strategy"
          value={strategy}
          options={[
            { value: 'longest_first', label: 'the longest first' },
            { value: 'only_second', label: 'only the second' },
          ]}
          onChange={onStrategy}
        />
      )}
    </div>
  )
}
