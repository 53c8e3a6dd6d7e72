import type { ReactNode } from 'react'
import { formatPercent } from '../../../../viz/format.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { headName } from '../class_name.ts'
import { madeBy } from '../provenance.ts'
import { formatDrift } from '../said.ts'
import type { PictureMemory } from '../state/lab.ts'
import { errorOf, type Outcome } from '../state/measure.ts'
import type { PictureRun } from '../state/run.ts'
import { t } from '../words/words.ts'

export interface ScoresProps {
  lab: PictureMemory
  run: PictureRun
  title: string
  /** What the rows differ in. */
  column: string
  rows: readonly { name: string; outcome: Outcome; onChoose?: () => void }[]
  testId: string
  children?: ReactNode
}

/** Accuracy of every head with its standard error, and what became of the base, for several documents over the same pictures. */
export function Scores({ lab, run, title, column, rows, testId, children }: ScoresProps) {
  const heads = [...new Set(rows.flatMap(({ outcome }) => Object.keys(outcome.scores)))]
  const share = ({ right, count }: { right: number; count: number }) => (count === 0 ? Number.NaN : right / count)
  return (
    <Chart
      title={title}
      made={madeBy(lab, run)}
      formats={['csv', 'json']}
      testId={testId}
      table={{
        columns: [
          column,
          ...heads.flatMap((head) => [headName(head), t('scores.error')]),
          t('scores.changed'),
          t('scores.drift'),
        ],
        rows: rows.map(({ name, outcome }) => [
          name,
          ...heads.flatMap((head) => {
            const score = outcome.scores[head] ?? { right: 0, count: 0 }
            return [share(score), errorOf(score)]
          }),
          share(outcome.changed),
          outcome.drift,
        ]),
      }}
    >
      <table className="box-table">
        <thead>
          <tr>
            <th scope="col">{column}</th>
            {heads.map((head) => (
              <th key={head} scope="col">
                {headName(head)}
              </th>
            ))}
            <th scope="col" title={t('scores.changed.hint')}>
              {t('scores.changed')}
            </th>
            <th scope="col" title={t('scores.drift.hint')}>
              {t('scores.drift')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, outcome }) => (
            <tr key={name} data-drift={outcome.drift}>
              <th scope="row">{name}</th>
              {heads.map((head) => {
                const score = outcome.scores[head]
                return (
                  <td key={head} className="mono" title={score && t('scores.of', { ...score })}>
                    {score ? `${formatPercent(share(score))} ± ${formatPercent(errorOf(score))}` : '–'}
                  </td>
                )
              })}
              <td className="mono">{formatPercent(share(outcome.changed))}</td>
              <td className="mono">{formatDrift(outcome.drift)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {children}
    </Chart>
  )
}
