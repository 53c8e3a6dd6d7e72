import { useMemo, useState } from 'react'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { LineCurve } from '../../../views/charts/LineCurve.tsx'
import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { Select } from '../../../views/primitives/Select.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatChange, formatPercent, formatValue } from '../../../viz/format.ts'
import { decimal } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useOwnJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { labelOf } from '../state/doc.ts'
import { type Cell, type CellEffect, cellEffect, cheaters, readsWith } from '../state/experiments/causal_cells.ts'
import { mean } from '../state/experiments/shown.ts'
import { EditedNote } from './EditedNote.tsx'
import { rowNames, shownOf } from './experiment.ts'
import type { GenerateToolProps } from './props.ts'
import { ScrollTable } from './ScrollTable.tsx'
import { t } from './words/words.ts'

const LEAST = 3

/** One cell of the causal mask turned around: who can cheat then, and what the reader says now. */
export default function CellTool(props: GenerateToolProps) {
  const { lab, engine, run } = props
  const { model, tokenizer, writing } = useLab(lab.store)
  const T = run.tokens.length
  const [chosen, setChosen] = useState<Cell | null>(null)
  const cell = useMemo(
    () => ({ query: Math.min(chosen?.query ?? T - 2, T - 1), key: Math.min(chosen?.key ?? T - 1, T - 1) }),
    [chosen, T],
  )
  // While it writes, every token would ask anew.
  const of = useMemo(() => (writing || T < LEAST ? null : { run, cell }), [writing, T, run, cell])
  const job = useOwnJob<CellEffect>(async () => {
    if (!model) throw new Error('a cell was turned before a model was loaded')
    return cellEffect(engine, shownOf(run, model), cell, cell.query)
  }, of)
  if (!model || !tokenizer) return null
  if (T < LEAST) {
    return (
      <Panel help={null} title={t('cell')} lead={t('cell.lead')} testId="cell-tool">
        <p className="hint">{t('short', { count: LEAST })}</p>
      </Panel>
    )
  }
  const names = rowNames(run)
  const options = names.map((label, row) => ({ value: String(row), label }))
  return (
    <Panel help={null} title={t('cell')} lead={t('cell.lead')} testId="cell-tool">
      <div className="tool-form experiment-form">
        <Select
          label={t('cell.query')}
          value={String(cell.query)}
          options={options}
          onChange={(query) => setChosen({ ...cell, query: Number(query) })}
          testId="cell-query"
        />
        <Select
          label={t('cell.key')}
          value={String(cell.key)}
          options={options}
          onChange={(key) => setChosen({ ...cell, key: Number(key) })}
          testId="cell-key"
        />
      </div>
      <EditedNote run={run} />
      {job.status !== 'done' && (
        <JobBar action={t('cell')} {...job} onStart={job.start} onStop={job.stop} testId="cell-job" />
      )}
      {job.result && (
        <Effect
          {...props}
          cell={cell}
          effect={job.result}
          names={names}
          layers={model.info.layers}
          tokenizer={tokenizer}
        />
      )}
    </Panel>
  )
}

interface EffectProps extends GenerateToolProps {
  cell: Cell
  effect: CellEffect
  names: string[]
  layers: number
  tokenizer: TokenizerInfo
}

function Effect({ lab, run, cell, effect, names, layers, tokenizer }: EffectProps) {
  const T = run.tokens.length
  const { before, after, moved } = effect
  const cheating = useMemo(() => cheaters(T, layers, readsWith(cell)), [T, layers, cell])
  const query = names[cell.query] ?? ''
  const key = names[cell.key] ?? ''
  const meanOf = (losses: Float32Array) => mean(cheating.map((row) => losses[row] as number))
  const still = Math.max(
    0,
    ...Array.from({ length: cell.query }, (_, r) => Math.abs((after[r] as number) - (before[r] as number))),
  )
  const values = {
    before: decimal(meanOf(before), 3),
    after: decimal(meanOf(after), 3),
    query,
    still: formatValue(still),
  }
  const opened = cell.key > cell.query
  const rows = Array.from({ length: T - 1 }, (_, row) => row)
  const made = madeBy(lab, run)
  const label = (token: number) => labelOf(tokenizer, token)
  const columns = [t('token'), t('cell.before'), t('cell.after'), t('cell.change')]
  return (
    <>
      <ul className="facts" data-testid="cell-facts">
        <li>{t(opened ? 'cell.opened' : 'cell.closed', { query, key })}</li>
        <li data-testid="cheaters">
          {cheating.length > 0
            ? t('cell.cheaters', { count: cheating.length, rows: cheating.map((row) => names[row]).join(', ') })
            : t('cell.cheaters.none')}
        </li>
        <li data-testid="cell-still">
          {cheating.length === 0
            ? t('cell.still', values)
            : t(meanOf(after) < meanOf(before) ? 'cell.gain' : 'cell.rise', values)}
        </li>
      </ul>
      <div className="figures">
        <Chart
          title={t('cell.losses')}
          made={made}
          table={{
            columns: [t('position'), t('cell.before'), t('cell.after'), t('cell.cheats')],
            rows: rows.map((row) => [
              names[row + 1] ?? '',
              before[row] as number,
              after[row] as number,
              cheating.includes(row) ? t('cell.yes') : '',
            ]),
          }}
          testId="cell-losses"
        >
          <LineCurve
            name={t('cell.losses')}
            xName={t('position')}
            yName={t('window.nats')}
            series={[
              { name: t('cell.before'), points: points(before, rows) },
              { name: t('cell.after'), points: points(after, rows) },
              { name: t('cell.cheats'), points: points(after, cheating) },
            ]}
          />
        </Chart>
        <Chart
          title={t('cell.moved', { query })}
          lead={t('cell.moved.lead', { divergence: formatValue(effect.divergence) })}
          made={made}
          formats={['csv', 'json']}
          table={{
            columns,
            rows: moved.map(({ id, ...p }) => [label(id), p.before, p.after, p.after - p.before]),
          }}
          testId="cell-moved"
        >
          <ScrollTable name={t('cell.moved', { query })} columns={columns}>
            {moved.map(({ id, ...p }) => (
              <tr key={id}>
                <th scope="row">{label(id)}</th>
                <td>{formatPercent(p.before)}</td>
                <td>{formatPercent(p.after)}</td>
                <td className="mono">{formatChange(p.after - p.before)}</td>
              </tr>
            ))}
          </ScrollTable>
        </Chart>
      </div>
    </>
  )
}

/** The loss of each row's next token, by the place of that token. */
function points(losses: Float32Array, rows: readonly number[]) {
  return rows.map((row) => ({ x: row + 1, y: losses[row] as number })).filter(({ y }) => !Number.isNaN(y))
}
