import { useMemo, useState } from 'react'
import { EntropyGrid, HeatGrid } from '../../../views/charts/HeatGrid.tsx'
import { ShareChart } from '../../../views/charts/ShareChart.tsx'
import { HelpButton } from '../../../views/help/HelpButton.tsx'
import { useTheme } from '../../../views/hooks/useTheme.ts'
import { AttentionMap } from '../../../views/maps/AttentionMap.tsx'
import { Button } from '../../../views/primitives/Button.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { attentionFacts, SINK_SHARE } from '../../../viz/attention_facts.ts'
import { groupShares, type HeadStats } from '../../../viz/attention_stats.ts'
import { shareBound } from '../../../viz/bounds.ts'
import type { Theme } from '../../../viz/colour.ts'
import { formatPercent } from '../../../viz/format.ts'
import { groupName, groupOf, groupsIn } from '../../../viz/groups.ts'
import { matrixSvg } from '../../../viz/matrix_svg.ts'
import { headName, layerName } from '../../../viz/names.ts'
import { rollout } from '../../../viz/rollout.ts'
import type { ChartTable } from '../../../viz/table.ts'
import { decimal } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import { MapExport } from '../../shared/MapExport.tsx'
import type { Provenance } from '../../shared/save_figure.ts'
import { mapTokens } from '../../shared/tokens.ts'
import { useHeadStats } from '../../shared/useHeadStats.ts'
import { useLab } from '../../shared/useLab.ts'
import { help } from '../help/help.ts'
import { madeBy } from '../provenance.ts'
import { t } from '../words/words.ts'
import type { TextToolProps } from './props.ts'
import { SeparatorFact, SinkChecks } from './SinkChecks.tsx'

/** Rollout multiplies T × T matrices: beyond this many tokens it waits for a click. */
const ROLLOUT_AT_ONCE = 160

/** Shares by kind of token, entropy and most read token of every head, rollout, and what stands out, in words. */
export default function AttentionTool({ lab, engine, run }: TextToolProps) {
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
  const bars = layers.map((heads) => ({ label: nameOf(heads), shares: groupShares(heads, groups) }))
  const missing = run.result.attentions.filter((map) => !map).length

  return (
    <Panel
      help={null}
      title={t('tool.attention')}
      lead={missing > 0 ? t('attention.lead.missing', { count: missing }) : t('attention.lead')}
      testId="attention-tool"
    >
      <ul className="facts" data-testid="facts">
        {facts.map((fact) => (
          <li key={fact.sort}>{fact.text}</li>
        ))}
        {done && facts.length === 0 && <li>{t('attention.even')}</li>}
        <SeparatorFact layers={layers} groups={groups} readable={readable} />
      </ul>
      <div className="figures">
        <Chart
          help={help('shares')}
          title={t('attention.shares')}
          lead={t('attention.shares.lead')}
          made={made}
          table={{
            columns: [t('column.layer'), ...groupsIn(groups).map(groupName)],
            rows: bars.map(({ label, shares }) => [label, ...shares.map(({ share }) => share)]),
          }}
          testId="shares"
        >
          <ShareChart name={t('attention.shares.name')} bars={bars} />
        </Chart>
        <Entropies layers={layers} readable={readable} made={made} theme={theme} lab={lab} look={look} />
        <Sinks layers={layers} labels={run.tokens.map((token) => token.label)} made={made} theme={theme} />
        <SinkChecks lab={lab} engine={engine} run={run} layers={layers} readable={readable} made={made} />
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
  const table = headTable(layers, t('column.entropy'), ({ entropy }) => entropy)
  return (
    <Chart
      help={help('entropies')}
      title={t('attention.entropy')}
      lead={t('attention.entropy.lead', { bits: decimal(most, 1), count: readable })}
      made={made}
      table={table}
      svg={() => gridSvg(t('attention.entropy.drawn'), layers, values, most, theme)}
      testId="entropies"
    >
      <EntropyGrid
        entropies={values}
        rows={layers.map(nameOf)}
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
    columns: [t('column.layer'), t('column.head'), t('column.token'), t('column.row'), t('column.share')],
    rows: heads.map(({ layer, head, sink }) => [layer + 1, head + 1, labels[sink.row] ?? '', sink.row, sink.share]),
  }
  return (
    <Chart
      help={help('sinks')}
      title={t('attention.sinks')}
      lead={t('attention.sinks.lead', { share: formatPercent(SINK_SHARE) })}
      made={made}
      table={table}
      svg={() => gridSvg(t('attention.sinks.drawn'), layers, values, 1, theme)}
      testId="sinks"
    >
      <HeatGrid
        name={t('attention.sinks.name')}
        rows={layers.map(nameOf)}
        columns={(layers[0] ?? []).map(({ head }) => `${head + 1}`)}
        values={values}
        bound={1}
        format={(share, cell) =>
          t(share >= SINK_SHARE ? 'attention.sinks.cell.sink' : 'attention.sinks.cell', {
            token: labels[heads[cell]?.sink.row ?? 0] ?? '',
            share: formatPercent(share),
          })
        }
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
  const bound = shareBound(look.fit, matrix ?? [])
  const row = run.tokens.findIndex((token) => token.key === look.selection[0])
  const select = (place: number | null) => lab.look({ selection: place === null ? [] : [run.tokens[place]?.key ?? 0] })
  const title = t('rollout')
  return (
    <section className="figure" aria-label={title} data-testid="rollout">
      <div className="panel-title">
        <h3 id="rollout-title">{title}</h3>
        <HelpButton help={help('rollout')} named="rollout-title" />
      </div>
      <p className="panel-lead">{t('rollout.lead')}</p>
      {!complete && <p className="hint">{t('rollout.incomplete')}</p>}
      {complete && !wanted && (
        <div className="row">
          <Button onClick={() => setAsked(run)}>{t('rollout.compute', { count: T })}</Button>
        </div>
      )}
      {matrix && (
        <AttentionMap
          matrix={matrix}
          tokens={tokens}
          name={title}
          bound={bound}
          fit={{ fit: look.fit, onFit: (fit) => lab.look({ fit }) }}
          query={row < 0 ? null : row}
          keyIndex={row < 0 ? null : row}
          onQuery={select}
          onKey={select}
          maxHeight={520}
          actions={<MapExport title={title} matrix={matrix} tokens={tokens} bound={bound} made={made} />}
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

function nameOf(heads: readonly HeadStats[]): string {
  return layerName(heads[0]?.layer ?? 0)
}

function headTable(layers: readonly HeadStats[][], what: string, value: (head: HeadStats) => number): ChartTable {
  return {
    columns: [t('column.layer'), t('column.head'), what],
    rows: layers.flat().map((head) => [head.layer + 1, head.head + 1, value(head)]),
  }
}

function gridSvg(title: string, layers: readonly HeadStats[][], values: number[], bound: number, theme: Theme): string {
  return matrixSvg({
    values,
    rows: layers.map(nameOf),
    columns: (layers[0] ?? []).map(({ head }) => headName(head)),
    title,
    scale: 'ink',
    theme,
    bound,
  })
}
