import { useMemo } from 'react'
import type { LoadedModel } from '../../../engine/protocol.ts'
import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import type { KeyEffect } from '../../../state/key_effect.ts'
import type { HeadStats } from '../../../viz/attention_stats.ts'
import { formatPercent } from '../../../viz/format.ts'
import type { Group } from '../../../viz/groups.ts'
import { separators, sinksOf } from '../../../viz/sinks.ts'
import { saidInFull } from '../../../words/errors.ts'
import { Chart } from '../../shared/Chart.tsx'
import { useKeyEffects } from '../../shared/reads/useKeyEffects.ts'
import { t } from '../../shared/reads/words/words.ts'
import type { Provenance } from '../../shared/save_figure.ts'
import { useLab } from '../../shared/useLab.ts'
import { readoutTitle } from '../comparison.ts'
import { help } from '../help/help.ts'
import { measured, withoutKey } from '../state/without_key.ts'
import type { TextToolProps } from './props.ts'

/** Sinks beyond these are those of a head or two. */
const MOST = 6

export interface SinkChecksProps extends TextToolProps {
  layers: readonly HeadStats[][]
  /** How many tokens can be read. */
  readable: number
  made: Provenance
}

/** Each sink's share, and beside it what masking it does. */
export function SinkChecks(props: SinkChecksProps) {
  const { model, tokenizer } = useLab(props.lab.store)
  return model && tokenizer && props.layers.length > 0 && <Checks {...props} model={model} tokenizer={tokenizer} />
}

function Checks({
  engine,
  run,
  layers,
  readable,
  made,
  model,
  tokenizer,
}: SinkChecksProps & { model: LoadedModel; tokenizer: TokenizerInfo }) {
  const sinks = useMemo(() => sinksOf(layers).slice(0, MOST), [layers])
  const before = useMemo(() => measured(run, model, tokenizer.labels), [run, model, tokenizer])
  const rows = sinks.map(({ row }) => row)
  const { effects, first } = useKeyEffects({
    run,
    before,
    wanted: rows,
    all: rows,
    without: async (row) => measured(await withoutKey(engine, model, run, row), model, tokenizer.labels),
  })
  const all = layers.flat().length
  const question = (effect: KeyEffect) => effect.answer && readoutTitle(effect.answer.readout, run)
  return (
    <Chart
      help={help('sink-checks')}
      title={t('sinks.causal')}
      lead={t('sinks.causal.lead')}
      made={made}
      table={{
        columns: [t('sinks.token'), t('sinks.heads'), t('sinks.share'), t('sinks.moves'), t('sinks.turns')],
        rows: sinks.map(({ row, heads, share }) => {
          const effect = effects.get(row)
          return [label(run, row), heads, share, effect?.answer?.distance ?? Number.NaN, turnOfOthers(effect, row)]
        }),
      }}
      formats={['csv', 'json']}
      testId="sink-checks"
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
      <section className="table-scroll" tabIndex={0} aria-label={t('sinks.causal')}>
        <table className="table table-wraps">
          <thead>
            <tr>
              {[t('sinks.token'), t('sinks.heads'), t('sinks.share'), t('sinks.moves'), t('sinks.turns')].map(
                (name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {sinks.map(({ row, heads, share }) => {
              const effect = effects.get(row)
              return (
                <tr key={row} data-sink={row}>
                  <th scope="row">
                    <span className="stamp" data-kind={run.tokens[row]?.kind}>
                      {label(run, row)}
                    </span>
                  </th>
                  <td>{t('sinks.heads.of', { count: heads, all })}</td>
                  <td>
                    {formatPercent(share)}{' '}
                    <span className="hint">{t('sinks.even.of', { even: formatPercent(1 / readable) })}</span>
                  </td>
                  <td>
                    {effect ? (
                      effect.answer ? (
                        <>
                          {formatPercent(effect.answer.distance)} <span className="hint">{question(effect)}</span>
                        </>
                      ) : (
                        t('check.no-answer')
                      )
                    ) : (
                      '…'
                    )}
                  </td>
                  <td>{effect ? formatPercent(turnOfOthers(effect, row)) : '…'}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
      {first.problem && <p className="hint">{saidInFull(first.problem)}</p>}
    </Chart>
  )
}

function label(run: TextToolProps['run'], row: number): string {
  return run.tokens[row]?.label ?? ''
}

/** How far the last hidden states of all other tokens turn on average: 1 − cosine. */
function turnOfOthers(effect: KeyEffect | undefined, row: number): number {
  const others = Array.from(effect?.cosines ?? []).filter((_, at) => at !== row)
  return Math.max(0, 1 - others.reduce((sum, value) => sum + value, 0) / others.length)
}

/** What [SEP] gets in this run, and whether that makes it a sink. */
export function SeparatorFact({
  layers,
  groups,
  readable,
}: {
  layers: readonly HeadStats[][]
  groups: readonly Group[]
  readable: number
}) {
  const rows = groups.flatMap((group, row) => (group === 'sep' ? [row] : []))
  const found = separators(layers, rows)
  if (!found) return null
  const { share, least, most, sinkLayer } = found
  return (
    <li data-testid="sep-fact">
      {t('sep.share', {
        share: formatPercent(share),
        least: formatPercent(least),
        most: formatPercent(most),
        even: formatPercent(rows.length / Math.max(1, readable)),
      })}{' '}
      {sinkLayer === null ? t('sep.no-sink') : t('sep.sink', { layer: sinkLayer + 1 })}
    </li>
  )
}
