import { useMemo } from 'react'
import { HeatGrid } from '../../../views/charts/HeatGrid.tsx'
import { useTheme } from '../../../views/hooks/useTheme.ts'
import { headName } from '../../../views/maps/types.ts'
import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { alignmentSvg } from '../../../viz/alignment_svg.ts'
import { formatChange, formatPercent } from '../../../viz/format.ts'
import { headMap } from '../../../viz/matrix.ts'
import { layerName } from '../../../viz/names.ts'
import { numbered } from '../../../viz/table.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { sidesOf } from '../sides.ts'
import { layerAlignment, SINK_KINDS, sinkShares, truthRows } from '../state/alignment.ts'
import { crossMatrix, litBy } from '../state/lit.ts'
import { totalLogP } from '../state/outputs.ts'
import { encoderStates, runTarget } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { Seq2SeqToolProps } from './props.ts'

/** Cross-attention as lines between both lists of tokens; by head what is right of it, what rests on special tokens, and what it is needed for. */
export default function AlignmentTool({ lab, engine, model, run }: Seq2SeqToolProps) {
  const { look } = useLab(lab.store)
  const theme = useTheme()
  const { rows, columns } = useMemo(() => sidesOf(run, 'cross'), [run])
  const matrix = crossMatrix(run, look.cross)
  const lit = litBy(run, look.selection, look.cross)
  const maps = run.result.decoder?.crossAttentions ?? []
  const heads = model.info.decoder?.heads ?? 0
  const names = Array.from({ length: heads }, (_, h) => String(h + 1))
  const truth = useMemo(() => truthRows(run), [run])
  const scores = useMemo(
    () => truth && maps.map((map) => (map ? layerAlignment(map.data, truth, run.read.length) : null)),
    [truth, maps, run],
  )
  const sinks = useMemo(
    () =>
      maps.map((map) =>
        Array.from({ length: heads }, (_, h) =>
          map ? sinkShares(headMap(map.data, run.rows.length, h, run.read.length), run.read) : null,
        ),
      ),
    [maps, heads, run],
  )
  const present = SINK_KINDS.filter((kind) => run.read.some((token) => token.kind === kind))
  const pruned = useJob<number[]>(async (step) => {
    const states = await encoderStates(engine, model, run.doc)
    const before = totalLogP(run).sum
    const changes: number[] = []
    for (let i = 0; i < maps.length * heads; i++) {
      if (!step(i, maps.length * heads, [...changes])) break
      const crossAblate: [number, number][] = [[Math.floor(i / heads), i % heads]]
      changes.push(totalLogP(await runTarget(engine, model, run.doc, run.target, { states, crossAblate })).sum - before)
    }
    return changes
  }, run)
  const { layer, head } = look.cross
  const choose = (l: number, h: number) => lab.look({ cross: { layer: l, head: h === heads ? 'mean' : h } })
  const chosen: [number, number] = [layer, head === 'mean' ? heads : head]
  const layers = maps.map((_, l) => layerName(l))
  const title = t('alignment.figure', { head: headName(look.cross) })
  const best = scores && bestHead(scores)
  const figure = matrix && {
    title,
    theme,
    targets: rows.map(({ label }) => label),
    sources: columns.map(({ label }) => label),
    shares: matrix,
    truth: truth ?? undefined,
    chosen: lit.row,
  }
  const drawn = figure && alignmentSvg(figure)
  return (
    <Panel help={null} title={t('tool.alignment')} lead={t('alignment.lead')} testId="alignment-tool">
      {drawn && matrix && (
        <Chart
          title={title}
          lead={t(truth ? 'alignment.lines.truth' : 'alignment.lines')}
          made={madeBy(lab, run)}
          svg={() => drawn}
          testId="alignment-figure"
          table={{
            columns: ['output \\ source', ...numbered(columns.map(({ label }) => label))],
            rows: numbered(rows.map(({ label }) => label)).map((label, row) => [
              label,
              ...matrix.subarray(row * columns.length, (row + 1) * columns.length),
            ]),
          }}
        >
          <img
            className="alignment"
            alt={t('alignment.alt', { head: headName(look.cross) })}
            src={`data:image/svg+xml,${encodeURIComponent(drawn)}`}
          />
        </Chart>
      )}
      {scores ? (
        <>
          <h3>{t('alignment.score')}</h3>
          <HeatGrid
            name={t('alignment.score')}
            rows={layers}
            columns={[...names, t('alignment.mean')]}
            values={scores.flatMap((layerScores) =>
              layerScores ? layerScores.map(({ right, asked }) => right / asked) : Array(heads + 1).fill(Number.NaN),
            )}
            bound={1}
            format={(value) => formatPercent(value)}
            selected={chosen}
            onSelect={choose}
          />
          {best && (
            <p data-testid="best-head" data-layer={best.layer} data-head={best.head}>
              {t('alignment.best', {
                layer: best.layer + 1,
                head: best.head + 1,
                right: best.right,
                asked: best.asked,
              })}
            </p>
          )}
        </>
      ) : (
        <p className="hint" data-testid="no-truth">
          {t('alignment.unknown')}
        </p>
      )}
      <h3>{t('alignment.sinks')}</h3>
      <HeatGrid
        name={t('alignment.sinks')}
        rows={layers}
        columns={names}
        values={sinks.flat().map((one) => (one ? SINK_KINDS.reduce((sum, kind) => sum + one[kind], 0) : Number.NaN))}
        bound={1}
        format={(value) => formatPercent(value)}
        selected={head === 'mean' ? null : [layer, head]}
        onSelect={choose}
      />
      <p className="hint" data-testid="sinks">
        {present.length === 0
          ? t('alignment.sinks.none')
          : present
              .map((kind) =>
                t('alignment.sinks.kind', { token: labelOf(run, kind), share: formatPercent(meanOf(sinks, kind)) }),
              )
              .join(' ')}
      </p>
      <h3>{t('alignment.prune')}</h3>
      <JobBar
        {...pruned}
        action={t('alignment.prune.measure')}
        onStart={pruned.start}
        onStop={pruned.stop}
        testId="prune-job"
      />
      {pruned.result && pruned.status === 'done' && (
        <HeatGrid
          name={t('alignment.prune')}
          rows={layers}
          columns={names}
          values={pruned.result}
          bound={Math.max(0.1, ...pruned.result.map(Math.abs))}
          scale="diverging"
          format={(value) => formatChange(value)}
          selected={head === 'mean' ? null : [layer, head]}
          onSelect={choose}
        />
      )}
    </Panel>
  )
}

interface Best {
  layer: number
  head: number
  right: number
  asked: number
}

/** The single head that is right most often; of equals the first. */
function bestHead(scores: readonly ({ right: number; asked: number }[] | null)[]): Best | null {
  let best: Best | null = null
  for (const [layer, heads] of scores.entries()) {
    for (const [head, score] of heads?.slice(0, -1).entries() ?? []) {
      if (!best || score.right > best.right) best = { layer, head, ...score }
    }
  }
  return best
}

function labelOf(run: Seq2SeqToolProps['run'], kind: (typeof SINK_KINDS)[number]): string {
  return run.read.find((token) => token.kind === kind)?.label ?? kind
}

function meanOf(sinks: readonly (ReturnType<typeof sinkShares> | null)[][], kind: (typeof SINK_KINDS)[number]): number {
  const all = sinks.flat().flatMap((one) => (one ? [one[kind]] : []))
  return all.reduce((sum, share) => sum + share, 0) / Math.max(1, all.length)
}
