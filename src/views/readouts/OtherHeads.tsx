import { t } from '../words/words.ts'

/** What a checkpoint brings beside the answers that are shown, by the names of its weights. */
export function OtherHeads({ heads }: { heads: readonly string[] }) {
  if (heads.length === 0) return null
  return (
    <p className="hint" data-testid="other-heads">
      {t('heads.other', { count: heads.length, names: heads.join(', ') })}
    </p>
  )
}
