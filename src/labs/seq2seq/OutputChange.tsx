import { formatChange, formatPercent } from '../../viz/format.ts'
import { ChangeFrame } from '../shared/ChangeFrame.tsx'
import { help } from './help/help.ts'
import { textOf } from './state/doc.ts'
import { outputsOf, totalLogP } from './state/outputs.ts'
import type { Seq2SeqRun } from './state/run.ts'
import { t } from './words/words.ts'

/** A computed sentence: what the last edit did to the output, or to how likely it is. */
export function OutputChange({ before, run }: { before: Seq2SeqRun | null; run: Seq2SeqRun }) {
  return (
    <ChangeFrame help={help('change')}>
      {before && before.doc.model === run.doc.model ? (
        <span>{sentence(before, run)}</span>
      ) : (
        <span className="muted">{t('change.none-yet')}</span>
      )}
    </ChangeFrame>
  )
}

function sentence(before: Seq2SeqRun, run: Seq2SeqRun): string {
  const [was, is] = [before, run].map(({ target }) =>
    textOf(target.tokens.filter(({ status }) => status !== 'removed')),
  )
  const [then, now] = [totalLogP(before), totalLogP(run)]
  const change = formatChange(now.sum - then.sum)
  if (was !== is) {
    return t('change.output', { was: was || t('readouts.empty'), is: is || t('readouts.empty'), change })
  }
  const [a, b] = [before, run].map((one) => outputsOf(one).map(({ logP }) => Math.exp(logP))) as [number[], number[]]
  if (a.length !== b.length) return t('change.total', { change })
  const moved = b.map((p, row) => Math.abs(p - (a[row] as number)))
  const most = moved.reduce((best, value, row) => (value > (moved[best] as number) ? row : best), 0)
  if (!(moved[most] as number) || (moved[most] as number) < 0.0005) return t('change.nothing', { change })
  return t('change.token', {
    change,
    token: run.rows[most]?.writes?.label ?? '',
    from: formatPercent(a[most] as number),
    to: formatPercent(b[most] as number),
  })
}
