import { LineCurve } from '../../../../views/charts/LineCurve.tsx'
import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../../viz/format.ts'
import { decimal } from '../../../../words/numbers.ts'
import { Chart } from '../../../shared/Chart.tsx'
import { useOwnJob } from '../../../shared/useJob.ts'
import { help } from '../help/help.ts'
import { madeBy } from '../provenance.ts'
import { type Asked, askedOf } from '../state/asked.ts'
import { frozen, type Rows, rowsOf, type Sink, sinks } from '../state/beside.ts'
import { memoryOf } from '../state/doc.ts'
import type { MemoryRun } from '../state/run.ts'
import { t } from '../words/words.ts'
import type { MemoryToolProps } from './props.ts'

const KINDS = ['tokens', 'pairs', 'registers'] as const
type RowsKind = (typeof KINDS)[number]

interface Column {
  rows: Rows
  parameters: number
  /** What is answered to the shown question; of registers nothing is asked. */
  asked: Asked | null
}
interface Found {
  columns: Partial<Record<RowsKind, Column>>
  sinks: Sink[]
}

/** Memory tokens, memory keys and values, registers: who asks, who changes, who is read; and whether the first token's share goes there. */
export default function BesideTool({ lab, engine, run, tokenizer }: MemoryToolProps) {
  const job = useOwnJob<Found>(async (step) => {
    const registers = await lab.reference.registers()
    step(1, 3)
    const columns = await columnsOf(engine, run, registers)
    step(2, 3, { columns, sinks: [] })
    return { columns, sinks: await sinks(engine, run, await lab.reference.twin()) }
  }, run)
  const { columns = {}, sinks: sunk = [] } = job.result ?? {}
  const there = KINDS.filter((kind) => columns[kind])
  const word = (id: number) => tokenizer.labels[id] ?? `#${id}`
  return (
    <>
      {job.status !== 'done' && <JobBar {...job} action={t('beside.run')} onStart={job.start} onStop={job.stop} />}
      {there.length > 0 && (
        <Panel help={null} title={t('beside.title')} lead={t('beside.lead')} testId="beside">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
          <section className="beside-scroll" tabIndex={0} aria-label={t('beside.table')}>
            <table className="box-table" data-testid="beside-table">
              <thead>
                <tr>
                  <td />
                  {there.map((kind) => (
                    <th key={kind} scope="col">
                      {t(`beside.${kind}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {(['asks', 'changes', 'end'] as const).map((fact) => (
                  <tr key={fact}>
                    <th scope="row">{t(`beside.${fact}`)}</th>
                    {there.map((kind) => (
                      <td key={kind}>{t(`beside.${fact}.${kind}`)}</td>
                    ))}
                  </tr>
                ))}
                {FACTS.map(({ id, say }) => (
                  <tr key={id}>
                    <th scope="row">{t(`beside.${id}`)}</th>
                    {there.map((kind) => (
                      <td key={kind} className="mono" data-testid={`beside-${id}-${kind}`}>
                        {say(columns[kind] as Column, word)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {!columns.pairs && <p className="hint">{t(run.slots === 0 ? 'reads.none' : 'beside.no-pairs')}</p>}
          <Chart
            title={t('beside.cosine')}
            made={madeBy(lab, run)}
            table={{
              columns: [t('beside.what'), t('layer'), t('beside.least'), t('beside.mean'), t('beside.most')],
              rows: there.flatMap((kind) =>
                (columns[kind]?.rows.cosines ?? []).map(({ least, mean, most }, layer) => [
                  t(`beside.${kind}`),
                  layer,
                  least,
                  mean,
                  most,
                ]),
              ),
            }}
          >
            <LineCurve
              name={t('beside.cosine')}
              xName={t('beside.after')}
              yName={t('beside.cosine.short')}
              series={there.map((kind) => ({
                name: t(`beside.${kind}`),
                points: (columns[kind]?.rows.cosines ?? []).map(({ mean }, layer) => ({ x: layer, y: mean })),
              }))}
            />
          </Chart>
          <p className="hint">{t('beside.pairs.note')}</p>
        </Panel>
      )}
      {sunk.length > 0 && (
        <Panel help={help('sink')} title={t('sink.title')} lead={t('sink.lead')} testId="sink">
          <table className="box-table" data-testid="sink-table">
            <thead>
              <tr>
                <td />
                <th scope="col">{t('sink.first', { label: run.tokens[run.slots]?.label ?? '' })}</th>
                <th scope="col">{t('sink.on-memory')}</th>
                <th scope="col">{t('cause.best')}</th>
              </tr>
            </thead>
            <tbody>
              {sunk.map(({ id, first, memory, best }) => (
                <tr key={id}>
                  <th scope="row">{t(`sink.${id}`)}</th>
                  <td className="mono">{formatPercent(first)}</td>
                  <td className="mono">{formatPercent(memory)}</td>
                  <td>{best === null ? '' : word(best)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="hint">{t('sink.note')}</p>
        </Panel>
      )}
    </>
  )
}

const last = ({ rows }: Column) => rows.shares.at(-1) ?? 0
const FACTS: {
  id: 'parameters' | 'share' | 'answer'
  say: (column: Column, word: (id: number) => string) => string
}[] = [
  { id: 'parameters', say: ({ parameters }) => decimal(parameters, 0) },
  { id: 'share', say: (column) => formatPercent(last(column)) },
  {
    id: 'answer',
    say: ({ asked }, word) => (asked ? `${word(asked.best)} ${formatPercent(asked.probability)}` : '–'),
  },
]

async function columnsOf(
  engine: MemoryToolProps['engine'],
  run: MemoryRun,
  registers: Rows,
): Promise<Partial<Record<RowsKind, Column>>> {
  const { width, layers } = run.model.info
  const columns: Partial<Record<RowsKind, Column>> = {
    registers: { rows: registers, parameters: registers.count * registers.width, asked: null },
  }
  if (run.slots === 0) return columns
  columns.tokens = {
    rows: rowsOf(run.result, 0, run.slots),
    parameters: run.slots * width,
    asked: askedOf(run),
  }
  // Where text reads only the memory that was just written, nothing would be left of a memory that is never written.
  if (memoryOf(run.model).variant === 'membottleneck') return columns
  const still = await frozen(engine, run)
  const seen = rowsOf(still.result, 0, run.slots)
  columns.pairs = {
    // What the last layer makes of them is read by nobody.
    rows: { ...seen, cosines: seen.cosines.slice(0, layers) },
    parameters: 2 * layers * run.slots * width,
    asked: askedOf(still),
  }
  return columns
}
