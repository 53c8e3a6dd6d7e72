import { LineCurve } from '../../../../views/charts/LineCurve.tsx'
import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../../viz/format.ts'
import { whole } from '../../../../words/numbers.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { useJob, useOwnJob } from '../../../shared/useJob.ts'
import { headName } from '../class_name.ts'
import { help } from '../help/help.ts'
import { madeBy } from '../provenance.ts'
import { type Outcome, overSamples, rowDocs } from '../state/measure.ts'
import { loadMethods, type Methods, WAYS } from '../state/methods.ts'
import { MEASURED, useSet } from '../useSet.ts'
import { t } from '../words/words.ts'
import type { PictureToolProps } from './props.ts'
import { Scores } from './Scores.tsx'

/** How many memory rows a task needs: what the recipe measured of models trained with each number, and what is left of this one with fewer. */
export default function RowsTool(props: PictureToolProps) {
  const { lab, engine, run } = props
  const readSet = useSet(engine, lab)
  const outcomes = useJob<Outcome[]>(
    async (step) => overSamples(engine, run.model, rowDocs(run.model, run.doc), await readSet(), step),
    run.doc.tasks,
  )
  return (
    <>
      <Recipe {...props} />
      <Panel help={help('cut')} title={t('cut.title')} lead={t('cut.lead', { each: MEASURED })} testId="cut">
        <JobBar {...outcomes} action={t('measure')} onStart={outcomes.start} onStop={outcomes.stop} testId="cut-job" />
        {outcomes.result && outcomes.result.length > 0 && (
          <Scores
            lab={lab}
            run={run}
            title={t('scores.title')}
            column={t('cut.rows')}
            testId="cut-table"
            rows={outcomes.result.map((outcome) => ({ name: String(outcome.doc.rows), outcome }))}
          />
        )}
      </Panel>
    </>
  )
}

const SIZES = ['0', '1', '2', '4', '8'] as const

/** Models of the training run that are not in this file, but for those with the shipped number of rows. */
function Recipe({ lab, run }: PictureToolProps) {
  const { model } = run
  const isOurs = model.source === 'embedded'
  const methods = useOwnJob<Methods | null>(
    async () => loadMethods(`${import.meta.env.BASE_URL}models/${model.id}/`),
    isOurs ? model : null,
  )
  if (!isOurs) return null
  const found = methods.result
  const tasks = Object.keys(found ?? {})
  return (
    <Panel help={null} title={t('recipe.title')} lead={t('recipe.lead')} testId="recipe">
      {methods.status === 'failed' && (
        <JobBar {...methods} action={t('recipe.again')} onStart={methods.start} onStop={methods.stop} />
      )}
      {found && (
        <Chart
          title={t('recipe.chart')}
          made={madeBy(lab, run)}
          table={{
            columns: [t('recipe.way'), t('recipe.parameters'), ...tasks.map(headName)],
            rows: WAYS.map((way) => [
              t(`way.${way}`),
              found[tasks[0] ?? '']?.[way].parameters ?? 0,
              ...tasks.map((task) => found[task]?.[way].accuracy ?? Number.NaN),
            ]),
          }}
        >
          <LineCurve
            name={t('recipe.title')}
            xName={t('recipe.rows')}
            yName={t('recipe.percent')}
            yDomain={[0.7, 1]}
            yFormat={(share) => whole(100 * share)}
            series={tasks.map((task) => ({
              name: headName(task),
              points: SIZES.map((size) => ({ x: Number(size), y: found[task]?.[size].accuracy ?? Number.NaN })),
            }))}
            height={190}
          />
          <table className="box-table" data-testid="recipe-table">
            <thead>
              <tr>
                <th scope="col">{t('recipe.way')}</th>
                <th scope="col">{t('recipe.parameters')}</th>
                {tasks.map((task) => (
                  <th key={task} scope="col">
                    {headName(task)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {WAYS.map((way) => (
                <tr key={way}>
                  <th scope="row">{t(`way.${way}`)}</th>
                  <td className="mono">{whole(found[tasks[0] ?? '']?.[way].parameters ?? 0)}</td>
                  {tasks.map((task) => (
                    <td key={task} className="mono">
                      {formatPercent(found[task]?.[way].accuracy ?? Number.NaN)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <p className="hint">
            {t('recipe.forgotten', {
              figures: tasks
                .map(
                  (task) =>
                    `${headName(task)} ${formatPercent(found[task]?.old_head_after_full_fine_tuning ?? Number.NaN)}`,
                )
                .join(', '),
            })}
          </p>
        </Chart>
      )}
    </Panel>
  )
}
