import { LineCurve } from '../../../views/charts/LineCurve.tsx'
import { Button } from '../../../views/primitives/Button.tsx'
import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { Segmented } from '../../../views/primitives/Segmented.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { help } from '../help/help.ts'
import { madeBy } from '../provenance.ts'
import { type Query, STARTS, type Start, trainedQueries } from '../state/queries.ts'
import { queryName } from '../state/run.ts'
import { DRAWS, type RecallPoint, recallByQueries } from '../state/sets.ts'
import { useScenes } from '../useScenes.ts'
import { t } from '../words/words.ts'
import type { DetectToolProps } from './props.ts'

/** What the queries start from: one, or all of them; copies, swaps, and how many are needed. */
export default function QueriesTool({ lab, engine, run, scenes }: DetectToolProps) {
  const { doc, look } = useLab(lab.store)
  const readScenes = useScenes(engine, scenes)
  const recall = useJob<RecallPoint[]>(
    async (step) => recallByQueries(engine, run, await readScenes(), look.threshold, step),
    run.doc,
  )
  if (!doc) return null
  const { queries } = doc
  const chosen = queries[look.query]
  const name = (place: number) => queryName(run.model.info, place)
  const change = (of: (query: Query, place: number) => Query) => lab.setQueries(queries.map(of))
  const swap = (other: number) =>
    change((query, place) => {
      if (place === look.query) return queries[other] ?? query
      return place === other ? (queries[look.query] ?? query) : query
    })
  const starts = STARTS.map((value) => ({ value, label: t(`start.${value}`), title: t(`start.${value}.hint`) }))
  const allOf = queries.every(({ start }) => start === queries[0]?.start) ? queries[0]?.start : undefined
  return (
    <>
      <Panel help={null} title={t('queries.one')} testId="queries-one">
        {chosen ? (
          <>
            <Segmented
              label={t('queries.start', { query: name(look.query) })}
              showLabel
              small
              value={chosen.start}
              options={starts}
              onChange={(start: Start) =>
                change((query, place) => (place === look.query ? { ...query, start } : query))
              }
              testId="start-one"
            />
            <p className="hint">{t(`start.${chosen.start}.hint`)}</p>
            <div className="row">
              <Button
                small
                data-testid="duplicate"
                onClick={() => lab.setQueries([...queries, { ...chosen, start: 'copy', status: 'read' }])}
              >
                {t('queries.duplicate')}
              </Button>
              <Button
                small
                data-testid="swap"
                disabled={queries.length < 2}
                onClick={() => swap((look.query + 1) % queries.length)}
              >
                {t('queries.swap', { other: name((look.query + 1) % queries.length) })}
              </Button>
            </div>
          </>
        ) : (
          <p className="hint">{t('strip.empty')}</p>
        )}
      </Panel>
      <Panel help={help('queries-all')} title={t('queries.all')} testId="queries-all">
        <Segmented
          label={t('queries.all.start')}
          showLabel
          small
          value={allOf ?? ('' as Start)}
          options={starts}
          onChange={(start: Start) => change((query) => ({ ...query, start }))}
          testId="start-all"
        />
        <div className="row">
          <Button small data-testid="remove-all" onClick={() => change((query) => ({ ...query, status: 'removed' }))}>
            {t('queries.remove-all')}
          </Button>
          <Button
            small
            data-testid="restore"
            onClick={() => lab.setQueries(trainedQueries(run.model.info.detects?.queries ?? 0))}
          >
            {t('queries.restore')}
          </Button>
        </div>
        <p className="hint">{t('queries.alike')}</p>
      </Panel>
      <Panel
        help={help('recall')}
        title={t('recall')}
        lead={t('recall.lead', { draws: DRAWS, scenes: scenes.length })}
        testId="recall"
      >
        <JobBar {...recall} action={t('recall.run')} onStart={recall.start} onStop={recall.stop} testId="recall-job" />
        {recall.result && recall.result.length > 0 && (
          <Chart
            title={t('recall.title')}
            made={madeBy(lab, run)}
            table={{
              columns: [t('recall.queries'), t('recall.mean'), t('recall.least'), t('recall.most')],
              rows: recall.result.map(({ queries, recall, least, most }) => [queries, recall, least, most]),
            }}
          >
            <LineCurve
              name={t('recall.title')}
              xName={t('recall.queries')}
              yName={t('recall.mean')}
              yDomain={[0, 1]}
              yFormat={formatPercent}
              series={(['most', 'recall', 'least'] as const).map((part) => ({
                name: t(part === 'recall' ? 'recall.mean' : `recall.${part}`),
                points: (recall.result ?? []).map((point) => ({ x: point.queries, y: point[part] })),
              }))}
            />
          </Chart>
        )}
      </Panel>
    </>
  )
}
