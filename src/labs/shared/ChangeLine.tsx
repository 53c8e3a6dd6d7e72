import { Button } from '../../views/primitives/Button.tsx'
import { formatPercent, samePercent } from '../../viz/format.ts'
import { toldApart } from '../../viz/table.ts'
import { alignedTokens } from './aligned.ts'
import { alsoChanged } from './also_changed.ts'
import { ChangeFrame } from './ChangeFrame.tsx'
import { help } from './help/help.ts'
import type { Change } from './useChange.ts'
import { t } from './words/words.ts'

export interface ChangeLineProps {
  change: Change | null
  onChoice: (choice: { layer: number; head: number }) => void
  /** Shows the same edit with the numbers of all other tokens held. */
  onSeparate?: () => void
}

/** Computed sentences: what else the last edit changed, which head it moved most, and between which tokens. */
export function ChangeLine({ change, onChoice, onSeparate }: ChangeLineProps) {
  const first = change?.moved[0]
  const also = change ? alsoChanged(change) : []
  return (
    <ChangeFrame help={help('change')}>
      {change === null && <span className="muted">{t('change.none-yet')}</span>}
      {also.length > 0 && (
        <span className="change-also" data-testid="change-also">
          <b>{t('change.also')}</b> {also.join('; ')}
        </span>
      )}
      {also.length > 0 && onSeparate && (
        <Button small look="quiet" data-testid="separate" title={t('change.separate.hint')} onClick={onSeparate}>
          {t('change.separate')}
        </Button>
      )}
      {change && !first && <span>{t('change.nothing')}</span>}
      {change && first && (
        <>
          <Button small look="quiet" data-testid="change-head" onClick={() => onChoice(first)}>
            {t('change.head', { layer: first.layer + 1, head: first.head + 1 })}
          </Button>
          <span>{sentence(change)}</span>
        </>
      )}
    </ChangeFrame>
  )
}

/** "moved most: [SEP] went from 62 % to 21 % of what it reads, movie from 3 % to 25 %." */
function sentence({ runs, moved, lost, gained }: Change): string {
  const first = moved[0]
  if (!first) return ''
  const same = (label: string) => label
  // Two tokens of one name are told apart.
  const labels = toldApart(alignedTokens(runs, { a: same, b: same }).map(({ label }) => label))
  const of = (row: number) => ({ from: first.before[row] ?? 0, to: first.after[row] ?? 0 })
  const [down, up] = [of(lost), of(gained)]
  // Each query may read others and all of them together still the same tokens.
  if (samePercent(down.from, down.to) || samePercent(up.from, up.to)) {
    return t('change.within', { share: formatPercent(first.distance) })
  }
  return t('change.most', {
    lost: labels[lost] ?? '',
    lostFrom: formatPercent(down.from),
    lostTo: formatPercent(down.to),
    gained: labels[gained] ?? '',
    gainedFrom: formatPercent(up.from),
    gainedTo: formatPercent(up.to),
  })
}
