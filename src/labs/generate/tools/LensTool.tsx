import { useMemo, useRef, useState } from 'react'
import { softmax } from '../../../core/logits.ts'
import type { Lens } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { HeatGrid } from '../../../views/charts/HeatGrid.tsx'
import { LineCurve } from '../../../views/charts/LineCurve.tsx'
import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { layerName } from '../../../viz/names.ts'
import { exact } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useOwnJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { labelOf } from '../state/doc.ts'
import { rowNames } from './experiment.ts'
import type { GenerateToolProps } from './props.ts'
import { t } from './words/words.ts'

const TOP = 3
/** Lines that are told apart by colour, dash and mark. */
const LINES = 6

interface Looked {
  run: GenerateToolProps['run']
  row: number
  lens: Lens
}

/** What the model would say if it stopped after each part of each layer. */
export default function LensTool(props: GenerateToolProps) {
  const { lab, engine, run } = props
  const { model, tokenizer, look, writing } = useLab(lab.store)
  const selected = run.tokens.findIndex(({ key }) => key === look.selection[0])
  const row = selected < 0 ? run.tokens.length - 1 : selected
  // While it writes, every token would ask anew.
  const of = useMemo(() => (writing ? null : { run, row }), [writing, run, row])
  const job = useOwnJob<Looked>(async (step, stopped) => {
    const { model: id, input, mask, causal, ablate } = run.request
    return {
      run,
      row,
      lens: await engine.lens({ model: id, input, mask, causal, ablate, top: TOP, row }, stopped, step),
    }
  }, of)
  // While another row is followed the grid stays, and the focus in it.
  const last = useRef<Looked | null>(null)
  last.current = job.result ?? (last.current?.run === run ? last.current : null)
  if (!model || !tokenizer) return null
  return (
    <Panel help={null} title={t('lens')} lead={t('lens.lead')} testId="lens-tool">
      {job.status !== 'done' && (
        <JobBar action={t('lens')} {...job} onStart={job.start} onStop={job.stop} testId="lens-job" />
      )}
      {last.current && <Seen {...props} {...last.current} tokenizer={tokenizer} />}
    </Panel>
  )
}

function Seen({
  lab,
  run,
  lens,
  row,
  tokenizer,
}: GenerateToolProps & { lens: Lens; row: number; tokenizer: TokenizerInfo }) {
  const { points, ids, probabilities } = lens
  const T = run.tokens.length
  const names = rowNames(run)
  const pointNames = Array.from({ length: points }, (_, p) => pointName(p))
  /** The output stands on top, as the last word. */
  const pointOf = (line: number) => points - 1 - line
  const first = (line: number, column: number) => (pointOf(line) * T + column) * TOP
  const cells = Array.from({ length: points * T }, (_, cell) => first(Math.floor(cell / T), cell % T))
  const [line, setLine] = useState(0)
  const label = (token: number) => labelOf(tokenizer, token)
  const best = Array.from({ length: TOP }, (_, k) => first(line, row) + k)
    .map((at) => `${label(ids[at] as number)} ${formatPercent(probabilities[at] as number)}`)
    .join(', ')
  const made = madeBy(lab, run)
  return (
    <>
      <Chart
        title={t('lens.grid')}
        lead={t('lens.grid.lead')}
        made={made}
        formats={['csv', 'json']}
        table={{
          columns: [t('lens.point'), ...names],
          rows: pointNames.map((name, p) => [
            name,
            ...names.map((_, column) => {
              const at = (p * T + column) * TOP
              return `${label(ids[at] as number)} ${formatPercent(probabilities[at] as number)}`
            }),
          ]),
        }}
        testId="lens-grid"
      >
        <HeatGrid
          name={t('lens.grid')}
          rows={pointNames.toReversed()}
          columns={names}
          values={cells.map((at) => probabilities[at] as number)}
          bound={1}
          format={(_, cell) => label(ids[cells[cell] as number] as number)}
          selected={[line, row]}
          onSelect={(chosen, column) => {
            setLine(chosen)
            lab.look({ selection: [run.tokens[column]?.key ?? 0] })
          }}
        />
      </Chart>
      <p data-testid="lens-cell">
        {t('lens.cell', { point: pointName(pointOf(line)), token: names[row] ?? '', best })}
      </p>
      <Ranks run={run} lens={lens} row={row} label={label} pointNames={pointNames} made={made} />
    </>
  )
}

function Ranks({
  run,
  lens,
  row,
  label,
  pointNames,
  made,
}: {
  run: GenerateToolProps['run']
  lens: Lens
  row: number
  label: (token: number) => string
  pointNames: string[]
  made: ReturnType<typeof madeBy>
}) {
  const { points, followed } = lens
  const { tokens, ranks, probabilities } = followed
  const rankAt = (p: number, i: number) => ranks[p * tokens.length + i] as number
  const answer = tokens.findIndex((_, i) => rankAt(points - 1, i) === 1)
  const since = Array.from({ length: points }, (_, p) => p).findLastIndex((p) => rankAt(p, answer) !== 1) + 1
  const output = useMemo(() => softmax(run.next[row] as Float32Array), [run, row])
  const difference = Math.max(
    ...tokens.map((token, i) =>
      Math.abs(Math.fround(output[token] as number) - (probabilities[(points - 1) * tokens.length + i] as number)),
    ),
  )
  // The answer and what came last before it tell most.
  const lines = tokens.map((token, i) => ({ token, i })).slice(-LINES)
  const name = run.tokens[row]?.label ?? ''
  return (
    <>
      <Chart
        title={t('lens.ranks', { token: name })}
        lead={t('lens.ranks.lead', { answer: label(tokens[answer] as number), point: pointNames[since] ?? '' })}
        made={made}
        table={{
          columns: [
            t('lens.point'),
            ...tokens.flatMap((token) => [
              `${label(token)} ${t('lens.rank')}`,
              `${label(token)} ${t('lens.probability')}`,
            ]),
          ],
          rows: pointNames.map((point, p) => [
            point,
            ...tokens.flatMap((_, i) => [rankAt(p, i), probabilities[p * tokens.length + i] as number]),
          ]),
        }}
        testId="lens-ranks"
      >
        <LineCurve
          name={t('lens.ranks', { token: name })}
          xName={t('layer')}
          yName={t('lens.rank')}
          series={lines.map(({ token, i }) => ({
            name: label(token),
            points: Array.from({ length: points }, (_, p) => ({ x: p / 2, y: Math.log10(rankAt(p, i)) })),
          }))}
          yFormat={(y) => exact(Math.round(10 ** y))}
        />
      </Chart>
      <p data-testid="lens-same">
        {t('lens.same', { difference: difference === 0 ? '0' : difference.toExponential(1) })}
      </p>
    </>
  )
}

function pointName(point: number): string {
  if (point === 0) return t('embeddings')
  const layer = layerName(Math.ceil(point / 2) - 1)
  return t(point % 2 === 1 ? 'after.attention' : 'after.layer', { layer })
}
