import { useMemo } from 'react'
import { LineCurve } from '../../../../views/charts/LineCurve.tsx'
import { AttentionMap } from '../../../../views/maps/AttentionMap.tsx'
import { headName } from '../../../../views/maps/types.ts'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { shareBound } from '../../../../viz/bounds.ts'
import { formatPercent } from '../../../../viz/format.ts'
import { headMap } from '../../../../viz/matrix.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { MapExport } from '../../../shared/MapExport.tsx'
import { mapTokens } from '../../../shared/tokens.ts'
import { useLab } from '../../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { askedOf } from '../state/asked.ts'
import { type MemoryRun, mayRead } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { MemoryToolProps } from './props.ts'

const HEIGHT = 300

/** Two parts of the chosen map by themselves: what memory writes down of the text, and what the text reads of memory. */
export default function ReadsTool({ lab, run }: MemoryToolProps) {
  const { look } = useLab(lab.store)
  const tokens = useMemo(() => mapTokens(run.tokens), [run])
  const parts = useMemo(() => partsOf(run, look), [run, look])
  const byLayer = useMemo(() => sharesByLayer(run, look.head), [run, look.head])
  if (run.slots === 0) return <p className="hint">{t('reads.none')}</p>
  if (!parts) return <p className="hint">{t('reads.not-read')}</p>
  const may = mayRead(run)
  const [memory, text] = [tokens.slice(0, run.slots), tokens.slice(run.slots)]
  const name = headName(look)
  const bound = shareBound(look.fit, parts.write, parts.read)
  const maps = [
    {
      id: 'write' as const,
      matrix: parts.write,
      tokens: memory,
      keys: text,
      readable: (query: number, key: number) => may(look.layer, query, run.slots + key),
    },
    {
      id: 'read' as const,
      matrix: parts.read,
      tokens: text,
      keys: memory,
      readable: (query: number, key: number) => may(look.layer, run.slots + query, key),
    },
  ]
  return (
    <>
      {maps.map(({ id, ...map }) => (
        <Panel
          help={null}
          key={id}
          title={t(`reads.${id}`)}
          lead={t(`reads.${id}.lead`)}
          testId={`reads-${id}`}
          actions={<MapExport title={`${t(`reads.${id}`)}, ${name}`} {...map} bound={bound} made={madeBy(lab, run)} />}
        >
          <AttentionMap
            {...map}
            name={`${t(`reads.${id}`)}, ${name}`}
            bound={bound}
            fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }}
            maxHeight={HEIGHT}
          />
        </Panel>
      ))}
      <Chart
        title={t('reads.layers')}
        lead={t('reads.layers.lead')}
        made={madeBy(lab, run)}
        table={{
          columns: [t('layer'), ...byLayer.map(({ name: series }) => series)],
          rows: run.result.attentions.map((_, layer) => [
            layer + 1,
            ...byLayer.map(({ shares }) => shares[layer] ?? 0),
          ]),
        }}
        testId="reads-layers"
      >
        <LineCurve
          name={t('reads.layers')}
          xName={t('layer')}
          yName={t('share')}
          yDomain={[0, 1]}
          yFormat={formatPercent}
          series={byLayer.map(({ name: series, shares }) => ({
            name: series,
            points: shares.map((y, layer) => ({ x: layer + 1, y })),
          }))}
        />
      </Chart>
    </>
  )
}

function partsOf(run: MemoryRun, { layer, head }: { layer: number; head: number | 'mean' }) {
  const map = run.result.attentions[layer]
  if (!map) return null
  const all = run.tokens.length
  const M = run.slots
  const whole = headMap(map.data, all, head)
  const write = new Float32Array(M * (all - M))
  const read = new Float32Array((all - M) * M)
  for (let row = 0; row < all; row++) {
    if (row < M) write.set(whole.subarray(row * all + M, (row + 1) * all), row * (all - M))
    else read.set(whole.subarray(row * all, row * all + M), (row - M) * M)
  }
  return { write, read }
}

/** In each layer how much memory reads of the text, how much the text reads of memory, and how much of it the row that is asked. */
function sharesByLayer(run: MemoryRun, head: number | 'mean') {
  const all = run.tokens.length
  const M = run.slots
  const asked = askedOf(run)
  const sum = (row: Float32Array) => row.reduce((total, share) => total + share, 0)
  const mean = (values: number[]) => values.reduce((total, value) => total + value, 0) / Math.max(1, values.length)
  const rows = (from: number, to: number, part: (row: Float32Array) => Float32Array) =>
    run.result.attentions.map((map) => {
      if (!map) return 0
      const whole = headMap(map.data, all, head)
      const shares = Array.from({ length: to - from }, (_, i) =>
        sum(part(whole.subarray((from + i) * all, (from + i + 1) * all))),
      )
      return mean(shares)
    })
  const ofMemory = (row: Float32Array) => row.subarray(0, M)
  const ofText = (row: Float32Array) => row.subarray(M)
  const label = asked && run.tokens[M + asked.row]?.label
  return [
    { name: t('reads.series.write'), shares: rows(0, M, ofText) },
    { name: t('reads.series.read'), shares: rows(M, all, ofMemory) },
    ...(asked && label
      ? [{ name: t('reads.series.asked', { label }), shares: rows(M + asked.row, M + asked.row + 1, ofMemory) }]
      : []),
  ]
}
