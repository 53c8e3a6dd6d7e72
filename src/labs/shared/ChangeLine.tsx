import { Button } from '../../views/primitives/Button.tsx'
import { formatPercent } from '../../viz/format.ts'
import { toldApart } from '../../viz/table.ts'
import { alignedTokens } from './aligned.ts'
import type { Change } from './useChange.ts'
import { t } from './words/words.ts'

export interface ChangeLineProps {
  change: Change | null
  onChoice: (choice: { layer: number; head: number }) => void
}

/** One sentence, computed: which head the last edit moved most, and between which tokens. */
export function ChangeLine({ change, onChoice }: ChangeLineProps) {
  const first = change?.moved[0]
  return (
    <p className="change-line" role="status" data-testid="change">
      {change === null && <span className="muted">{t('change.none-yet')}</span>}
      {change && !first && <span>{t('change.nothing')}</span>}
      {change && first && (
        <>
          <Button small look="quiet" data-testid="change-head" onClick={() => onChoice(first)}>
            {t('change.head', { layer: first.layer + 1, head: first.head + 1 })}
          </Button>
          <span>{sentence(change)}</span>
        </>
      )}
    </p>
  )
}

/** "moved most: [SEP] went from 62 % to 21 % of what it reads, movie from 3 % to 25 %." */
function sentence({ runs, moved, lost, gained }: Change): string {
  const first = moved[0]
  if (!first) return ''
  const same = (label: string) => label
  // Two tokens of one name are told apart.
  const labels = toldApart(alignedTokens(runs, { a: same, b: same }).map(({ label }) => label))
  const share = (shares: Float64Array, row: number) => formatPercent(shares[row] ?? 0)
  const of = (row: number) => ({ from: share(first.before, row), to: share(first.after, row) })
  const [down, up] = [of(lost), of(gained)]
  return t('change.most', {
    lost: labels[lost] ?? '',
    lostFrom: down.from,
    lostTo: down.to,
    gained: labels[gained] ?? '',
    gainedFrom: up.from,
    gainedTo: up.to,
  })
}
