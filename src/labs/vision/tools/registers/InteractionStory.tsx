import { useMemo } from 'react'
import { HeatGrid } from '../../../../views/charts/HeatGrid.tsx'
import { LineCurve } from '../../../../views/charts/LineCurve.tsx'
import { formatPercent } from '../../../../viz/format.ts'
import { type Group, groupName, groupOf } from '../../../../viz/groups.ts'
import { interactions, shareOf } from '../../../../viz/interactions.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { madeBy } from '../../provenance.ts'
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
  const layers = tables.map((_, layer) => `layer ${layer + 1}`)
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
      title="Attention between kinds of token"
      lead="The share of its attention that one token of the first kind gives to all tokens of the second, itself included; the mean over heads. For each reader the shares of a layer sum to 1."
      made={madeBy(lab, run)}
      table={{
        columns: ['from → to', ...layers],
        rows: rows.map(({ name, values }) => [name, ...values]),
      }}
      testId="interaction-chart"
    >
      <LineCurve
        name="Attention between kinds of token"
        xName="layer"
        xFormat={(x) => (Number.isInteger(x) ? String(x) : '')}
        yName="share of attention"
        yDomain={[0, 1]}
        yFormat={(value) => value.toFixed(2)}
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
        name="Attention between kinds of token, by layer"
        rows={rows.map(({ name }) => name)}
        columns={layers.map((_, layer) => `${layer + 1}`)}
        values={rows.flatMap(({ values }) => values)}
        bound={1}
        format={formatPercent}
      />
    </Chart>
  )
}
