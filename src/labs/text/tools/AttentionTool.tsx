import { useMemo, useState } from 'react'
import { EntropyGrid, HeatGrid } from '../../../views/charts/HeatGrid.tsx'
import { ShareChart } from '../../../views/charts/ShareChart.tsx'
import { useTheme } from '../../../views/hooks/useTheme.ts'
import { AttentionMap } from '../../../views/maps/AttentionMap.tsx'
import { Button } from '../../../views/primitives/Button.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { attentionFacts } from '../../../viz/attention_facts.ts'
import { groupShares, type HeadStats } from '../../../viz/attention_stats.ts'
import type { Theme } from '../../../viz/colour.ts'
import { groupName, groupOf, groupsIn } from '../../../viz/groups.ts'
import { peak } from '../../../viz/matrix.ts'
import { matrixSvg } from '../../../viz/matrix_svg.ts'
import { rollout } from '../../../viz/rollout.ts'
import type { ChartTable } from '../../../viz/table.ts'
import { Chart } from '../../shared/Chart.tsx'
import { MapExport } from '../../shared/MapExport.tsx'
import type { Provenance } from '../../shared/save_figure.ts'
import { mapTokens } from '../../shared/tokens.ts'
import { useHeadStats } from '../../shared/useHeadStats.ts'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import type { TextToolProps } from './props.ts'

/** Rollout multiplies T × T matrices: beyond this many tokens it waits for a click. */
const ROLLOUT_AT_ONCE = 160

/** Shares by kind of token, entropy and sink of every head, rollout, and what stands out, in words. */
export function AttentionTool({ lab, run }: TextToolProps) {
  const { look } = useLab(lab.store)
  const theme = useTheme()
  const T = run.result.tokens
  const made = madeBy(lab, run)
  const groups = useMemo(() => run.tokens.map(groupOf), [run])
  const maps = useMemo(() => run.result.attentions.map((map) => map?.data ?? null), [run])
  const stats = useHeadStats(maps, T)
  const done = stats.every((heads, layer) => heads || !maps[layer])
  const layers = useMemo(() => (done ? stats.flatMap((heads) => (heads ? [heads] : [])) : []), [stats, done])
  const readable = useMemo(() => readTokens(layers, T), [layers, T])
  const facts = useMemo(() => {
    const labels = run.tokens.map((token) => token.label)
    return attentionFacts(layers, groups, labels, readable)
  }, [layers, groups, run, readable])
  const bars = layers.map((heads) => ({ label: layerName(heads), shares: groupShares(heads, groups) }))
  const missing = run.result.attentions.filter((map) => !map).length

  return (
    <Panel
      title="Where attention goes"
      lead={`Means over all queries that read something${missing > 0 ? `; ${missing} layers were not read back: choose one in the atlas` : ''}.`}
      testId="attention-tool"
    >
      <ul className="facts" data-testid="facts">
        {facts.map((fact) => (
          <li key={fact.sort}>{fact.text}</li>
        ))}
        {done && facts.length === 0 && <li>No layer, head or kind of token stands out from an even reading.</li>}
      </ul>
      <div className="figures">
        <Chart
          title="Attention received by kind of token"
          lead="All heads of a layer together."
          made={made}
          table={{
            columns: ['layer', ...groupsIn(groups).map(groupName)],
            rows: bars.map(({ label, shares }) => [label, ...shares.map(({ share }) => share)]),
          }}
          testId="shares"
        >
          <ShareChart name="Attention received" bars={bars} />
        </Chart>
        <Entropies layers={layers} readable={readable} made={made} theme={theme} lab={lab} look={look} />
        <Sinks layers={layers} labels={run.tokens.map((token) => token.label)} made={made} theme={theme} />
      </div>
      <Rollout run={run} lab={lab} made={made} />
    </Panel>
  )
}

interface HeadsProps {
  layers: readonly HeadStats[][]
  made: Provenance
  theme: Theme
}

function Entropies({
  layers,
  readable,
  made,
  theme,
  lab,
  look,
}: HeadsProps & { readable: number; look: { layer: number; head: number | 'mean' } } & Pick<TextToolProps, 'lab'>) {
  const values = layers.flatMap((heads) => heads.map(({ entropy }) => entropy))
  const most = Math.log2(Math.max(2, readable))
  const row = layers.findIndex((heads) => heads[0]?.layer === look.layer)
  const table = headTable(layers, 'entropy in bits', ({ entropy }) => entropy)
  return (
    <Chart
      title="Entropy of each head"
      lead={`0 bits: each query reads one token; ${most.toFixed(1)} bits: all ${readable} alike. Choose a head to see its map.`}
      made={made}
      table={table}
      svg={() => gridSvg('Entropy of each head, in bits', layers, values, most, theme)}
      testId="entropies"
    >
      <EntropyGrid
        entropies={values}
        rows={layers.map(layerName)}
        heads={layers[0]?.length ?? 0}
        most={most}
        selected={look.head === 'mean' || row < 0 ? null : [row, look.head]}
        onSelect={(r, head) => lab.look({ layer: layers[r]?.[0]?.layer ?? 0, head })}
      />
    </Chart>
  )
}

function Sinks({ layers, labels, made, theme }: HeadsProps & { labels: readonly string[] }) {
  const heads = layers.flat()
  const values = heads.map(({ sink }) => sink.share)
  const table: ChartTable = {
    columns: ['layer', 'head', 'token', 'row', 'share received'],
    rows: heads.map(({ layer, head, sink }) => [layer + 1, head + 1, labels[sink.row] ?? '', sink.row, sink.share]),
  }
  return (
    <Chart
      title="Sink of each head"
      lead="The token that receives most of the head's attention, and how much."
      made={made}
      table={table}
      svg={() => gridSvg('Sink of each head: share of attention received', layers, values, 1, theme)}
      testId="sinks"
    >
      <HeatGrid
        name="The token that receives most of each head's attention"
        rows={layers.map(layerName)}
        columns={(layers[0] ?? []).map(({ head }) => `${head + 1}`)}
        values={values}
        bound={1}
        format={(share, cell) => `${labels[heads[cell]?.sink.row ?? 0]} ${Math.round(share * 100)} %`}
      />
    </Chart>
  )
}

/** What each output stands on in the input when attention and the residual stream are followed through all layers. */
function Rollout({ run, lab, made }: Pick<TextToolProps, 'run' | 'lab'> & { made: Provenance }) {
  const { look } = useLab(lab.store)
  const T = run.result.tokens
  const [asked, setAsked] = useState<typeof run | null>(null)
  const maps = run.result.attentions.flatMap((map) => map?.data ?? [])
  const complete = maps.length === run.result.attentions.length
  const wanted = complete && (T <= ROLLOUT_AT_ONCE || asked === run)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the maps belong to the run
  const matrix = useMemo(() => (wanted ? rollout(maps, T) : null), [wanted, run, T])
  const tokens = useMemo(() => mapTokens(run.tokens), [run])
  const row = run.tokens.findIndex((token) => token.key === look.selection[0])
  const select = (place: number | null) => lab.look({ selection: place === null ? [] : [run.tokens[place]?.key ?? 0] })
  const title = 'Attention rollout'
  return (
    <section className="figure" aria-label={title} data-testid="rollout">
      <h3>{title}</h3>
      <p className="panel-lead">
        What each token's output stands on in the input if attention and the residual stream carry it equally: the
        product over layers of ½ (mean of heads + identity) (Abnar & Zuidema 2020).
      </p>
      {!complete && <p className="hint">Rollout needs every layer, and this run read back only some.</p>}
      {complete && !wanted && (
        <div className="row">
          <Button onClick={() => setAsked(run)}>Compute the rollout of {T} tokens</Button>
        </div>
      )}
      {matrix && (
        <AttentionMap
          matrix={matrix}
          tokens={tokens}
          name={title}
          query={row < 0 ? null : row}
          keyIndex={row < 0 ? null : row}
          onQuery={select}
          onKey={select}
          maxHeight={520}
          actions={<MapExport title={title} matrix={matrix} tokens={tokens} bound={peak(matrix)} made={made} />}
        />
      )}
    </section>
  )
}

/** How many tokens are read by anybody. */
function readTokens(layers: readonly HeadStats[][], tokens: number): number {
  const heads = layers.flat()
  return Array.from({ length: tokens }, (_, k) => heads.some(({ received }) => (received[k] ?? 0) > 0)).filter(Boolean)
    .length
}

function layerName(heads: readonly HeadStats[]): string {
  return `layer ${(heads[0]?.layer ?? 0) + 1}`
}

function headTable(layers: readonly HeadStats[][], what: string, value: (head: HeadStats) => number): ChartTable {
  return {
    columns: ['layer', 'head', what],
    rows: layers.flat().map((head) => [head.layer + 1, head.head + 1, value(head)]),
  }
}

function gridSvg(title: string, layers: readonly HeadStats[][], values: number[], bound: number, theme: Theme): string {
  return matrixSvg({
    values,
    rows: layers.map(layerName),
    columns: (layers[0] ?? []).map(({ head }) => `head ${head + 1}`),
    title,
    scale: 'ink',
    theme,
    bound,
  })
}
