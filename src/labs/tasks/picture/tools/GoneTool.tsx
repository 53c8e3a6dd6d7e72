import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { formatPercent, samePercent } from '../../../../viz/format.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { useOwnJob } from '../../../shared/useJob.ts'
import { answerName, taskName } from '../names.ts'
import { madeBy } from '../provenance.ts'
import { type Gone, goneEach } from '../state/gone.ts'
import { classTokens } from '../state/reads.ts'
import { t } from '../words/words.ts'
import type { PictureToolProps } from './props.ts'

/** Each class token hidden, masked and removed in turn: what the other tasks lose. */
export default function GoneTool({ lab, engine, run }: PictureToolProps) {
  const job = useOwnJob<Gone[]>((step) => goneEach(engine, run, step), run)
  if (classTokens(run.doc.sequence).length === 0) return <p className="hint">{t('maps.none')}</p>
  const gone = job.result ?? []
  const answers = gone[0]?.answers ?? []
  return (
    <Panel help={null} title={t('tool.gone')} lead={t('gone.lead')} testId="gone">
      {job.status !== 'done' && (
        <JobBar {...job} action={t('gone.run')} onStart={job.start} onStop={job.stop} testId="gone-job" />
      )}
      {gone.length > 0 && (
        <Chart
          title={t('gone.chart')}
          made={madeBy(lab, run)}
          formats={['csv', 'json']}
          table={{
            columns: [
              t('gone.token'),
              t('gone.way'),
              ...answers.flatMap(({ head }) => [
                t('gone.now', { task: taskName(head) }),
                t('gone.then', { task: taskName(head) }),
              ]),
            ],
            rows: gone.map((one) => [
              one.token.label,
              t(`gone.${one.way}`),
              ...one.answers.flatMap(({ before, after }) => [before, after ?? Number.NaN]),
            ]),
          }}
        >
          <table className="box-table" data-testid="gone-table">
            <thead>
              <tr>
                <th scope="col">{t('gone.token')}</th>
                {answers.map(({ head, label, before }) => (
                  <th key={head} scope="col">
                    {t('gone.answer', {
                      task: taskName(head),
                      answer: answerName(head, label),
                      now: formatPercent(before),
                    })}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {gone.map((one) => (
                <tr key={`${one.token.key} ${one.way}`} data-way={one.way}>
                  <th scope="row">{t('gone.row', { token: one.token.label, way: t(`gone.${one.way}`) })}</th>
                  {one.answers.map(({ head, before, after }) => (
                    <td key={head} className="mono">
                      {said(before, after)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Chart>
      )}
    </Panel>
  )
}

function said(before: number, after: number | null): string {
  if (after === null) return t('gone.nobody')
  return samePercent(before, after) ? t('gone.same') : formatPercent(after)
}
