import { useMemo } from 'react'
import { HeatGrid } from '../../../../views/charts/HeatGrid.tsx'
import { LineCurve } from '../../../../views/charts/LineCurve.tsx'
import { formatPercent } from '../../../../viz/format.ts'
import { type Group, groupName, groupOf } from '../../../../viz/groups.ts'
import { interactions, shareOf } from '../../../../viz/interactions.ts'
import { decimal } from '../../../../words/numbers.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { madeBy } from '../../provenance.ts'
import { t } from '../../words/words.ts'
import type { VisionToolProps } from '../props.ts'

/** As curves, at most six: what special tokens do. Patches reading patches is what is left. */
const CURVES: [from: Group, to: Group][] = [
  ['cls', 'register'],
  ['register', 'cls'],
  ['register', 'register'],
  ['register', 'patch'],
  ['patch', 'register'],
  ['cls', 'patch'],
]

/** How much attention each kind of token gives to each other, layer by layer. */
export function InteractionStory({ lab, run }: VisionToolProps) {
  const tables = useMemo(() => {
    const groups = run.tokens.map(groupOf)
    return run.result.attentions.map((map) => (map ? interactions(map.data, groups) : null))
  }, [run])
  const groups = tables.find((table) => table !== null)?.groups ?? []
  const layers = tables.map((_, layer) => t('layer.one', { layer: layer + 1 }))
  const pairs = groups.flatMap((from) => groups.map((to) => [from, to] as const))
  const share = (layer: number, from: Group, to: Group) => {
    const table = tables[layer]
    return table ? shareOf(table, from, to) : Number.NaN
  }
  const pairName = (from: Group, to: Group) => `${groupName(from)} → ${groupName(to)}`
  const rows = pairs.map(([from, to]) => ({
    name: pairName(from, to),
    values: layers.map((_, layer) => share(layer, from, to)),
  }))
  const curves = CURVES.filter(([from, to]) => groups.includes(from) && groups.includes(to))
  return (
    <Chart
      title={t('kinds.title')}
      lead={t('kinds.lead')}
      made={madeBy(lab, run)}
      table={{
        columns: [t('kinds.pair'), ...layers],
        rows: rows.map(({ name, values }) => [name, ...values]),
      }}
      testId="interaction-chart"
    >
      <LineCurve
        name={t('kinds.title')}
        xName={t('layer.axis')}
        xFormat={(x) => (Number.isInteger(x) ? String(x) : '')}
        yName={t('kinds.axis')}
        yDomain={[0, 1]}
        yFormat={(value) => decimal(value, 2)}
        series={curves.map(([from, to]) => ({
          name: pairName(from, to),
          points: layers.flatMap((_, layer) => {
            const y = share(layer, from, to)
            return Number.isNaN(y) ? [] : [{ x: layer + 1, y }]
          }),
        }))}
        height={300}
      />
      <HeatGrid
        name={t('kinds.grid')}
        rows={rows.map(({ name }) => name)}
        columns={layers.map((_, layer) => `${layer + 1}`)}
        values={rows.flatMap(({ values }) => values)}
        bound={1}
        format={formatPercent}
      />
    </Chart>
  )
}
