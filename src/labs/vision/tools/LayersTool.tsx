import { useMemo } from 'react'
import { patchPlace } from '../../../sequence/patches.ts'
import { HeatGrid } from '../../../views/charts/HeatGrid.tsx'
import { LineCurve } from '../../../views/charts/LineCurve.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { attentionDistances } from '../../../viz/attention_distance.ts'
import { layerStats } from '../../../viz/attention_stats.ts'
import { decimal } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { t } from '../words/words.ts'
import type { VisionToolProps } from './props.ts'

/** The story of the layers in numbers: how widely each head reads, and how far. */
export default function LayersTool(props: VisionToolProps) {
  const { run } = props
  const { layers, heads } = run.model.info
  const entropies = useMemo(
    () =>
      run.result.attentions.map((map, layer) =>
        map ? layerStats(map.data, layer, run.result.tokens).map(({ entropy }) => entropy) : null,
      ),
    [run],
  )
  const distances = useMemo(() => {
    const places = run.tokens.map(({ kind, origin }) =>
      kind === 'patch' && origin.type === 'patch' ? patchPlace(origin.patch, run.grid) : null,
    )
    return run.result.attentions.map((map) => (map ? Array.from(attentionDistances(map.data, places)) : null))
  }, [run])
  const farthest = Math.hypot(run.grid.rows - 1, run.grid.columns - 1)
  return (
    <Panel help={null} title={t('layers.title')} lead={t('layers.lead')} testId="layers-tool">
      <HeadNumbers
        {...props}
        title={t('layers.distance')}
        lead={t('layers.distance.lead', { farthest: decimal(farthest, 1) })}
        yName={t('layers.distance.axis')}
        testId="heads-distance"
        values={distances}
        bound={farthest}
        layers={layers}
        heads={heads}
      />
      <HeadNumbers
        {...props}
        title={t('layers.entropy')}
        lead={t('layers.entropy.lead', { bits: decimal(Math.log2(run.result.tokens), 1), tokens: run.result.tokens })}
        yName={t('layers.entropy.axis')}
        testId="heads-entropy"
        values={entropies}
        bound={Math.log2(run.result.tokens)}
        layers={layers}
        heads={heads}
      />
    </Panel>
  )
}

interface HeadNumbersProps extends VisionToolProps {
  title: string
  lead: string
  yName: string
  testId: string
  /** By layer and head; null where the layer was not read back. */
  values: readonly (readonly number[] | null)[]
  bound: number
  layers: number
  heads: number
}

/** One number a head: a grid to choose from, the curve of the mean over heads, the table. */
function HeadNumbers({ lab, run, title, lead, yName, testId, values, bound, layers, heads }: HeadNumbersProps) {
  const { look } = useLab(lab.store)
  const rows = Array.from({ length: layers }, (_, layer) => t('layer.one', { layer: layer + 1 }))
  const columns = Array.from({ length: heads }, (_, head) => t('head.one', { head: head + 1 }))
  const all = rows.map((_, layer) => columns.map((_, head) => values[layer]?.[head] ?? Number.NaN))
  const means = all.map((row) => row.reduce((sum, value) => sum + value, 0) / heads)
  return (
    <Chart
      title={title}
      lead={lead}
      made={madeBy(lab, run)}
      table={{
        columns: [t('layer.axis'), ...columns, t('layers.mean')],
        rows: all.map((row, layer) => [layer + 1, ...row, means[layer] ?? Number.NaN]),
      }}
      testId={testId}
    >
      <div className="vision-models">
        <HeatGrid
          name={title}
          rows={rows}
          columns={columns}
          values={all.flat()}
          bound={bound}
          format={(value) => (Number.isNaN(value) ? '–' : decimal(value, 2))}
          selected={typeof look.head === 'number' && look.reading === 'head' ? [look.layer, look.head] : null}
          onSelect={(layer, head) => lab.look({ layer, head, reading: 'head' })}
        />
        <LineCurve
          name={t('layers.curve', { title })}
          xName={t('layer.axis')}
          yName={yName}
          yDomain={[0, bound]}
          xFormat={(x) => (Number.isInteger(x) ? String(x) : '')}
          yFormat={(y) => decimal(y, 1)}
          series={[
            {
              name: t('layers.mean'),
              points: means.flatMap((y, layer) => (Number.isNaN(y) ? [] : [{ x: layer + 1, y }])),
            },
          ]}
          height={240}
        />
      </div>
    </Chart>
  )
}
