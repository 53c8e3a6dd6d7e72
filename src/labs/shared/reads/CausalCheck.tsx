import type { KeyEffect } from '../../../state/key_effect.ts'
import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { saidInFull } from '../../../words/errors.ts'
import { decimal } from '../../../words/numbers.ts'
import type { KeyEffects } from './useKeyEffects.ts'
import { t } from './words/words.ts'

export interface CausalCheckProps extends KeyEffects {
  /** The token that reads, and its row. */
  token: string
  row: number
  labels: readonly string[]
  /** [T]: what it reads, the mean over the layers. */
  shares: ArrayLike<number>
  /** The key that is read most. */
  most: number | null
  /** Rows that are masked in turn. */
  all: readonly number[]
  /** The question that an answer belongs to. */
  question: (id: string) => string
}

/** Beside what a token reads: what masking those keys does to the answers and to the token itself. */
export function CausalCheck(props: CausalCheckProps) {
  const { token, row, labels, shares, most, all, effects, first, each, question } = props
  const label = (key: number) => labels[key] ?? ''
  const effect = most === null ? undefined : effects.get(most)
  return (
    <section className="causal" aria-label={t('check')} data-testid="causal-check">
      <h3>{t('check')}</h3>
      {most === null && <p>{t('check.nothing', { token })}</p>}
      {most !== null && (
        <p data-testid="check-most">
          {t('check.reads', { token, key: label(most), share: formatPercent(shares[most] as number) })}{' '}
          {effect ? said(effect, token, row, label(most), question) : t('check.running', { key: label(most) })}
        </p>
      )}
      <Needed {...props} />
      {first.problem && <p className="hint">{saidInFull(first.problem)}</p>}
      {all.length > 0 && (
        <JobBar
          action={t('check.each', { count: all.length })}
          {...each}
          onStart={each.start}
          onStop={each.stop}
          testId="mask-each"
        />
      )}
    </section>
  )
}

/** Once every key was masked: which one the answers, or the token, need most. */
function Needed({ token, row, labels, shares, most, all, effects }: CausalCheckProps) {
  if (all.length < 2 || !all.every((key) => effects.has(key))) return null
  const strength = (key: number) => strengthOf(effects.get(key), row)
  const key = all.reduce((best, one) => (strength(one) > strength(best) ? one : best))
  return (
    <p data-testid="check-needs">
      {t(effects.get(key)?.answer ? 'check.needs' : 'check.needs.turns', {
        count: all.length,
        key: labels[key] ?? '',
        distance: formatPercent(strength(key)),
        share: formatPercent(shares[key] as number),
        token,
      })}{' '}
      <strong>{t(key === most ? 'check.same' : 'check.differ')}</strong>
    </p>
  )
}

/** How much the answers owe to a key; of a model without answers, how far the token turns. 0 to 1. */
export function strengthOf(effect: KeyEffect | undefined, row: number): number {
  if (!effect) return Number.NaN
  return effect.answer?.distance ?? turnOf(effect, row)
}

/** 1 − cosine of a token's last hidden state. */
export function turnOf(effect: KeyEffect | undefined, row: number): number {
  return effect ? Math.max(0, 1 - (effect.cosines[row] ?? Number.NaN)) : Number.NaN
}

function said(
  { answer, cosines }: KeyEffect,
  token: string,
  row: number,
  key: string,
  question: (id: string) => string,
): string {
  const turned = t('check.turns', { token, cosine: decimal(cosines[row] ?? Number.NaN, 3) })
  if (!answer) return `${t('check.no-answer')} ${turned}`
  const moved = t('check.answer', {
    key,
    question: question(answer.readout.id),
    answer: answer.best,
    before: formatPercent(answer.before),
    after: formatPercent(answer.after),
    distance: formatPercent(answer.distance),
  })
  return `${moved} ${turned}`
}
