import { useMemo } from 'react'
import { Button } from '../../../views/primitives/Button.tsx'
import { formatValue } from '../../../viz/format.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useOwnJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { madeBy } from '../provenance.ts'
import { SAME } from '../state/compare.ts'
import { type SideAnswer, sides } from '../state/experiments/sides.ts'
import { t } from '../words/words.ts'
import { JobNote } from './JobNote.tsx'
import type { BatchToolProps } from './props.ts'

/** Padding right, left and on both sides: which token stands first and last, and what is read there. */
export default function SidesTool({ lab, engine, run }: BatchToolProps) {
  const { look, tokenizer } = useLab(lab.store)
  const row = Math.min(look.row, run.assembled.rows - 1)
  const sequence = run.assembled.standing.find((one) => one.row === row)?.sequence ?? 0
  const of = useMemo(() => ({ run, sequence }), [run, sequence])
  const job = useOwnJob<SideAnswer[]>(() => sides(engine, run, sequence), of)
  const found = job.result ?? []
  const { causal } = run.model
  const said = (id: number | null) =>
    id === null ? '–' : ((tokenizer?.readable ?? tokenizer?.labels)?.[id] ?? `#${id}`)
  const answers = found.map((one) => ({
    ...one,
    name: t(one.reset ? 'sides.own' : 'sides.row', { side: t(`side.${one.side}`) }),
    token: causal ? one.last : one.first,
    delta: causal ? one.lastDelta : one.firstDelta,
  }))
  const columns = [
    t('sides.way'),
    t(causal ? 'sides.last' : 'sides.first'),
    ...(causal ? [t('sides.said'), t('sides.should')] : []),
    t(causal ? 'sides.delta.last' : 'sides.delta.first'),
  ]
  const other = causal ? 'clsroom-bert' : 'clsroom-gpt2'
  return (
    <Chart
      title={t('tool.sides')}
      lead={t(causal ? 'sides.lead.causal' : 'sides.lead', { number: sequence + 1 })}
      made={madeBy(lab, run)}
      formats={['csv', 'json']}
      table={{
        columns,
        rows: answers.map(({ name, token, delta, saidByLast, saidByOwn }) => [
          name,
          token.label,
          ...(causal ? [said(saidByLast), said(saidByOwn)] : []),
          delta,
        ]),
      }}
      testId="sides"
    >
      <JobNote job={job} />
      {answers.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys
        <section className="table-scroll" tabIndex={0} aria-label={t('tool.sides')}>
          <table className="table sides-table">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {answers.map(({ name, token, delta, saidByLast, saidByOwn, at, tokens, positions }) => (
                <tr key={name} data-testid="side-row" data-same={delta <= SAME}>
                  <th scope="row">
                    {name}
                    <small className="sides-positions mono" title={t('sides.positions')}>
                      {drawn(tokens, positions, at)}
                    </small>
                  </th>
                  <td className="mono">{token.label}</td>
                  {causal && (
                    <>
                      <td className="mono">{said(saidByLast)}</td>
                      <td className="mono">{said(saidByOwn)}</td>
                    </>
                  )}
                  <td className="mono" data-same={delta <= SAME}>
                    {formatValue(delta)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <p className="hint">{t(causal ? 'sides.hint.causal' : 'sides.hint')}</p>
      <Button small onClick={() => void lab.setModel(other)} data-testid="sides-other">
        {t(causal ? 'sides.encoder' : 'sides.decoder')}
      </Button>
    </Chart>
  )
}

/** The position ids of a row, PAD as a dot: "· · 0 1 2 … 9". */
function drawn(tokens: SideAnswer['tokens'], positions: readonly number[], at: number): string {
  const own = positions.flatMap((position, i) => (tokens[i]?.kind === 'pad' ? [] : [position]))
  const dots = (count: number) => (count > 3 ? `·×${count} ` : '· '.repeat(count))
  const shown = own.length > 5 ? `${own.slice(0, 3).join(' ')} … ${own.at(-1)}` : own.join(' ')
  return `${dots(at)}${shown} ${dots(tokens.length - at - own.length)}`.trim()
}
