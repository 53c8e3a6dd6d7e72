import { HeatGrid } from '../../../views/charts/HeatGrid.tsx'
import { Button } from '../../../views/primitives/Button.tsx'
import { Slider } from '../../../views/primitives/Slider.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { decimal } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useLab } from '../../shared/useLab.ts'
import { className } from '../class_name.ts'
import { madeBy } from '../provenance.ts'
import { nameOfRow } from '../said.ts'
import { type Assignment, costOf, greedy, optimal, PAPER_WEIGHTS, totalCost } from '../state/matching.ts'
import { probabilityOf } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { DetectToolProps } from './props.ts'

const PARTS = ['label', 'l1', 'giou'] as const

/** Which query would be trained for which object: the costs, the best assignment and the greedy one. */
export default function MatchingTool({ lab, run }: DetectToolProps) {
  const { look } = useLab(lab.store)
  const { weights } = look
  const { objects } = run
  if (!objects) return <p className="hint">{t('matching.unknown')}</p>
  if (objects.length === 0) return <p className="hint">{t('found.empty-scene')}</p>
  if (run.detections.length === 0) return <p className="hint">{t('found.nobody')}</p>
  const costs = objects.map((object) =>
    run.detections.map(({ row, box }) => costOf(box, probabilityOf(run, row, object.label), object, weights)),
  )
  const totals = costs.map((row) => row.map(({ total }) => total))
  const [best, first] = [optimal(totals), greedy(totals)]
  const names = objects.map(({ label }, i) => `${i + 1} ${className(label)}`)
  const queries = run.detections.map(({ row }) => nameOfRow(run, row))
  const said = (assignment: Assignment) =>
    assignment
      .map((query, object) =>
        query < 0
          ? t('matching.nobody', { object: names[object] ?? '' })
          : t('matching.pair', { object: names[object] ?? '', query: queries[query] ?? '' }),
      )
      .join(', ')
  const mark = (object: number, query: number) =>
    (best[object] === query ? ' ●' : '') + (first[object] === query ? ' ○' : '')
  return (
    <>
      <Panel
        help={null}
        title={t('matching.weights')}
        actions={
          <Button small onClick={() => lab.look({ weights: PAPER_WEIGHTS })}>
            {t('matching.paper')}
          </Button>
        }
        testId="matching-weights"
      >
        {PARTS.map((part) => (
          <Slider
            key={part}
            label={t(`matching.${part}`)}
            value={weights[part]}
            min={0}
            max={10}
            step={0.5}
            onChange={(value) => lab.look({ weights: { ...weights, [part]: value } })}
            testId={`weight-${part}`}
          />
        ))}
      </Panel>
      <Chart
        title={t('matching.title')}
        lead={t('matching.lead')}
        made={madeBy(lab, run)}
        formats={['csv', 'json']}
        testId="matching"
        table={{
          columns: [
            t('matching.object'),
            t('found.query'),
            ...PARTS.map((part) => t(`matching.${part}`)),
            t('matching.total'),
            t('matching.optimal'),
            t('matching.greedy'),
          ],
          rows: costs.flatMap((row, object) =>
            row.map((cost, query) => [
              names[object] ?? '',
              queries[query] ?? '',
              ...PARTS.map((part) => cost[part]),
              cost.total,
              best[object] === query ? 1 : 0,
              first[object] === query ? 1 : 0,
            ]),
          ),
        }}
      >
        <HeatGrid
          name={t('matching.title')}
          rows={names}
          columns={queries}
          values={totals.flat()}
          bound={Math.max(...totals.flat(), 1e-9)}
          format={(value, cell) => decimal(value, 2) + mark(Math.floor(cell / queries.length), cell % queries.length)}
        />
      </Chart>
      <p data-testid="optimal">
        {t('matching.optimal.said', { cost: decimal(totalCost(totals, best), 3), pairs: said(best) })}
      </p>
      <p data-testid="greedy">
        {t('matching.greedy.said', { cost: decimal(totalCost(totals, first), 3), pairs: said(first) })}
      </p>
    </>
  )
}
