import { type CSSProperties, memo } from 'react'
import { Spoken } from '../primitives/Spoken.tsx'
import { t } from '../words/words.ts'
import { segmentName, spokenToken } from './describe.ts'
import type { StripToken } from './types.ts'

export interface ChipProps {
  token: StripToken
  selected: boolean
  tabbable: boolean
  compact: boolean
  lifted: boolean
}

/** Marks a number that the last edit changed; by its key, a new change is a new element, so that it flashes again. */
function isSet(before: number | undefined): true | undefined {
  return before === undefined ? undefined : true
}

/** One token. All its events are handled by the strip, so that 512 of them stay light. */
export const Chip = memo(function Chip({ token, selected, tabbable, compact, lifted }: ChipProps) {
  const flags = [
    token.status === 'masked' && t('chip.masked'),
    token.hidden && t('chip.hidden'),
    token.untrained && token.status !== 'removed' && t('chip.untrained'),
  ].filter((flag) => typeof flag === 'string')
  const removed = token.status === 'removed'
  const hasMeta = !removed && !compact && token.count === undefined
  // Of a long strip most show their label and nothing else: what need not be wrapped is not.
  const plain = !hasMeta && !removed && token.original === undefined && flags.length === 0
  const shown = (
    <>
      <span className="chip-label">{token.label}</span>
      {removed && <span className="chip-flag">{t('chip.removed')}</span>}
      {!removed && token.original !== undefined && <span className="chip-original">{token.original}</span>}
      {flags.map((flag) => (
        <span key={flag} className="chip-flag">
          {flag}
        </span>
      ))}
      {hasMeta && (
        <span className="chip-meta">
          {token.position != null && (
            <span key={`position ${token.positionBefore}`} data-renumbered={isSet(token.positionBefore)}>
              @{token.position}
            </span>
          )}
          {token.segment != null && (
            <span
              key={`segment ${token.segmentBefore}`}
              className="chip-segment"
              data-renumbered={isSet(token.segmentBefore)}
            >
              {segmentName(token.segment)}
            </span>
          )}
          {token.id != null && <span className="chip-id">#{token.id}</span>}
        </span>
      )}
    </>
  )
  return (
    <button
      type="button"
      className="chip"
      tabIndex={tabbable ? 0 : -1}
      aria-pressed={selected}
      aria-haspopup={token.fixed ? undefined : 'menu'}
      aria-label={plain ? spokenToken(token) : undefined}
      data-item={`c:${token.key}`}
      data-testid="token"
      data-key={token.key}
      data-kind={token.kind}
      data-status={token.status}
      data-hidden={token.hidden || undefined}
      data-untrained={token.untrained || undefined}
      data-count={token.count}
      data-written={token.written || undefined}
      data-lifted={lifted || undefined}
      data-renumbered={isSet(token.positionBefore ?? token.segmentBefore)}
      data-share={token.share === undefined ? undefined : token.share.toFixed(3)}
      style={token.share === undefined ? undefined : ({ '--share': token.share } as CSSProperties)}
      title={compact ? spokenToken(token) : undefined}
    >
      {plain ? shown : <Spoken as={spokenToken(token)}>{shown}</Spoken>}
    </button>
  )
})
