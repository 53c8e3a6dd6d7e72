import { formatPercent } from '../../../viz/format.ts'
import { type Share, wilson } from './state/accuracy.ts'
import { t } from './words/words.ts'

export interface AccuracyBarsProps {
  label: string
  rows: readonly (Share & { name: string; hint?: string })[]
}

/** How often each condition is right, with the interval in which the true share lies. */
export function AccuracyBars({ label, rows }: AccuracyBarsProps) {
  return (
    <table className="accuracy" data-testid="accuracy">
      <caption className="sr-only">{label}</caption>
      <tbody>
        {rows.map(({ name, hint, ...share }) => {
          const [low, high] = wilson(share)
          return (
            <tr key={name} title={hint}>
              <th scope="row">{name}</th>
              <td className="accuracy-cell" aria-hidden="true">
                <span className="accuracy-track">
                  <span className="accuracy-bar" style={{ inlineSize: `${(100 * share.right) / share.of}%` }} />
                  <span
                    className="accuracy-error"
                    style={{ insetInlineStart: `${100 * low}%`, inlineSize: `${100 * (high - low)}%` }}
                  />
                </span>
              </td>
              <td className="mono">
                {t('accuracy.value', {
                  share: formatPercent(share.right / share.of),
                  low: formatPercent(low),
                  high: formatPercent(high),
                })}
                {share.followed !== undefined && (
                  <span className="hint">
                    {t('accuracy.followed', { share: formatPercent(share.followed / share.of) })}
                  </span>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
