import { bestOf } from '../../../../state/readouts.ts'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../../viz/format.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { answerName, taskName } from '../names.ts'
import { madeBy } from '../provenance.ts'
import { answerAt, ownRow, type Place } from '../state/pooled.ts'
import type { PictureRun } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { PictureToolProps } from './props.ts'

/** The same picture and heads, three ways to pool: the class token, the mean of the patches, their mean by attention. */
export default function PoolingTool({ lab, run }: PictureToolProps) {
  const heads = Object.keys(run.model.info.labels)
  const rows = heads.map((head) => ({
    head,
    cells: placesFor(run, head).map((place) => ({ place, said: saidAt(run, head, place) })),
  }))
  const columns = [t('place.cls'), t('place.mean'), t('place.attention')]
  return (
    <Panel help={null} title={t('pooling.title')} lead={t('pooling.lead')} testId="pooling">
      <Chart
        title={t('pooling.chart')}
        made={madeBy(lab, run)}
        formats={['csv', 'json']}
        table={{
          columns: [
            t('pooling.task'),
            t('pooling.truth'),
            ...columns.flatMap((name) => [name, t('pooling.probability', { pooling: name })]),
          ],
          rows: rows.map(({ head, cells }) => [
            taskName(head),
            run.truth[head] ?? '',
            ...cells.flatMap(({ said }) => [said?.label ?? '', said?.probability ?? Number.NaN]),
          ]),
        }}
      >
        <table className="box-table" data-testid="pooling-table">
          <thead>
            <tr>
              <th scope="col">{t('pooling.task')}</th>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ head, cells }) => (
              <tr key={head}>
                <th scope="row">{taskName(head)}</th>
                {cells.map(({ place, said }) => (
                  <td
                    key={place.of}
                    data-right={said === null || run.truth[head] === null ? undefined : said.label === run.truth[head]}
                  >
                    {said === null ? (
                      t('pooling.nothing')
                    ) : (
                      <Said head={head} {...said} truth={run.truth[head] ?? null} />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Chart>
      <p className="hint">{t('pooling.how')}</p>
      <p className="hint">{t('pooling.honest')}</p>
    </Panel>
  )
}

/** The head's own class token first. */
function placesFor(run: PictureRun, head: string): Place[] {
  const own = run.tokens[ownRow(run, head)]
  return [{ of: 'token', key: own?.key ?? -1 }, { of: 'mean' }, { of: 'attention' }]
}

function saidAt(run: PictureRun, head: string, place: Place): { label: string; probability: number } | null {
  const answer = answerAt(run, head, place)
  if (!answer) return null
  const best = bestOf(answer)
  return { label: answer.names[best] ?? '', probability: answer.scores[best] as number }
}

function Said({
  head,
  label,
  probability,
  truth,
}: {
  head: string
  label: string
  probability: number
  truth: string | null
}) {
  return (
    <>
      {truth !== null && (label === truth ? '✓ ' : '✗ ')}
      {answerName(head, label)} <span className="mono hint">{formatPercent(probability)}</span>
    </>
  )
}
