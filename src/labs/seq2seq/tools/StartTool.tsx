import { useMemo, useState } from 'react'
import type { Entry, Sequence } from '../../../sequence/token.ts'
import { LineCurve } from '../../../views/charts/LineCurve.tsx'
import { Button } from '../../../views/primitives/Button.tsx'
import { Select } from '../../../views/primitives/Select.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { numbered } from '../../../viz/table.ts'
import { decimal } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import { madeBy } from '../provenance.ts'
import { endEntry, type Seq2SeqModel, specialEntry, startEntry, textOf } from '../state/doc.ts'
import { outputsOf, totalLogP } from '../state/outputs.ts'
import { encoderStates, runTarget, type Seq2SeqRun, written } from '../state/run.ts'
import { STARTS, type Start, withStart } from '../state/start.ts'
import { useComputed } from '../useComputed.ts'
import { t } from '../words/words.ts'
import type { Seq2SeqToolProps } from './props.ts'

interface Started {
  start: Start
  target: Sequence
  run: Seq2SeqRun
  /** What the model writes from there; null where there is nothing to start from. */
  writes: string | null
}

/** The decoder's start: the model's own, none, doubled, another token, with the loss of the same output at every position. */
export default function StartTool({ lab, engine, model, run }: Seq2SeqToolProps) {
  const others = useMemo(() => otherStarts(model), [model])
  const [otherId, setOtherId] = useState(others[0]?.id ?? 0)
  const other = others.find(({ id }) => id === otherId) ?? (others[0] as Entry)
  const of = useMemo(() => ({ run, other }), [run, other])
  const found = useComputed<Started[]>(async (step) => {
    const done: Started[] = []
    const states = await encoderStates(engine, model, run.doc)
    for (const start of STARTS) {
      if (!step(done.length, STARTS.length, [...done])) break
      const target = withStart(run.target, start, startEntry(model), other)
      const forced = await runTarget(engine, model, run.doc, target, { states })
      const prefix = {
        own: [startEntry(model).id],
        none: [],
        doubled: Array(2).fill(startEntry(model).id),
        other: [other.id],
      }[start]
      const writes =
        prefix.length === 0
          ? null
          : textOf((await written(engine, model, run.doc, states, prefix as number[])).tokens.slice(prefix.length))
      done.push({ start, target, run: forced, writes })
    }
    return done
  }, of)
  const done = found.result ?? []
  // What is to be written, by its place in the output: the same in all.
  const tokens = run.rows.flatMap(({ writes, counts }) => (counts && writes ? [writes] : []))
  const losses = done.map((one) => ({ ...one, losses: tokens.map(({ key }) => lossOf(one.run, key)) }))
  return (
    <Panel help={null} title={t('tool.start')} lead={t('start.lead')} testId="start-tool">
      <Select
        label={t('start.other')}
        inline
        testId="start-other"
        value={String(otherId)}
        options={others.map(({ id, label }) => ({ value: String(id), label }))}
        onChange={(id) => setOtherId(Number(id))}
      />
      <section className="table-scroll">
        <table className="table answers" data-testid="start-table">
          <thead>
            <tr>
              <th scope="col">{t('start.start')}</th>
              <th scope="col">{t('start.loss')}</th>
              <th scope="col">{t('start.writes')}</th>
              <th scope="col">
                <span className="sr-only">{t('start.use')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {STARTS.map((start) => {
              const one = done.find((other) => other.start === start)
              const total = one && totalLogP(one.run)
              return (
                <tr key={start} data-start={start}>
                  <th scope="row">
                    {t(start === 'other' ? 'start.other.row' : `start.${start}`, {
                      token: start === 'other' ? other.label : startEntry(model).label,
                    })}
                  </th>
                  <td>{total ? decimal(-total.sum / Math.max(1, total.tokens), 3) : '…'}</td>
                  <td>{one ? (one.writes ?? t('start.nothing')) || t('readouts.empty') : '…'}</td>
                  <td>
                    {one && (
                      <Button small onClick={() => lab.setTarget(one.target)} data-testid={`use-${start}`}>
                        {t('start.use')}
                      </Button>
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
      {losses.length > 0 && (
        <Chart
          title={t('start.figure')}
          made={madeBy(lab, run)}
          testId="start-losses"
          table={{
            columns: [t('start.start'), ...numbered(tokens.map(({ label }) => label))],
            rows: losses.map((one) => [t(`start.${one.start}.short`), ...one.losses]),
          }}
        >
          <LineCurve
            name={t('start.figure')}
            xName={t('start.place')}
            yName={t('shift.loss')}
            xFormat={(x) => tokens[x - 1]?.label ?? ''}
            series={losses.map((one) => ({
              name: t(`start.${one.start}.short`),
              points: one.losses.flatMap((y, place) => (Number.isNaN(y) ? [] : [{ x: place + 1, y }])),
            }))}
          />
        </Chart>
      )}
      <p className="hint">{t('start.hint')}</p>
    </Panel>
  )
}

/** −ln p of one output token; NaN where no row has to write it. */
function lossOf(run: Seq2SeqRun, key: number): number {
  const row = run.rows.findIndex(({ writes, counts }) => counts && writes?.key === key)
  return row < 0 ? Number.NaN : -(outputsOf(run)[row]?.logP ?? Number.NaN)
}

/** Tokens that may stand in the start's place: the end, what is unknown, a sentinel, the first words of the vocabulary. */
function otherStarts(model: Seq2SeqModel): (Entry & { id: number })[] {
  const specials = [endEntry(model), specialEntry(model, 'unk'), specialEntry(model, 'mask')]
  const words = model.tokenizer.labels.flatMap((label, id) =>
    /^▁\p{L}{2,}$/u.test(label) ? [{ kind: 'word' as const, id, label }] : [],
  )
  const known = [...specials, ...words.slice(0, 8)].flatMap((entry) =>
    entry.id === null ? [] : [{ ...entry, id: entry.id }],
  )
  return known.filter(({ id }, i) => known.findIndex((one) => one.id === id) === i)
}
