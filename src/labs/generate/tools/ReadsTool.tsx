import { useEffect, useMemo } from 'react'
import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { spearman } from '../../../viz/rank.ts'
import { decimal } from '../../../words/numbers.ts'
import { HeadSelect } from '../../shared/reads/HeadSelect.tsx'
import { useReads } from '../../shared/reads/useReads.ts'
import { useJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { labelOf } from '../state/doc.ts'
import { effectOf, type NextEffect } from '../state/key_effects.ts'
import { t } from '../words/words.ts'
import type { GenerateToolProps } from './props.ts'

type Effects = ReadonlyMap<number, NextEffect>

/** What the last token, or the selected one, reads; beside it, what comes next owes to each key, measured by masking it. */
export default function ReadsTool({ lab, engine, run }: GenerateToolProps) {
  const { look, model, tokenizer } = useLab(lab.store)
  const selected = run.tokens.findIndex(({ key }) => key === look.selection[0])
  const row = selected < 0 ? run.tokens.length - 1 : selected
  const { shares, most } = useReads(run, row, look.head)
  const keys = useMemo(
    () => run.tokens.flatMap(({ status }, key) => (key < row && status === 'read' ? [key] : [])),
    [run, row],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is known belongs to the run and the row
  const known = useMemo(() => new Map<number, NextEffect>(), [run, row])
  const measure =
    (rows: readonly number[]) => async (step: (done: number, total: number, soFar?: Effects) => boolean) => {
      for (const [i, key] of rows.entries()) {
        if (!model || !step(i, rows.length)) break
        if (!known.has(key)) known.set(key, await effectOf(engine, model, run, row, key))
        step(i + 1, rows.length, new Map(known))
      }
      return new Map(known)
    }
  const first = useJob<Effects>(measure(most === null || most > row ? [] : [most]), known)
  const each = useJob<Effects>(measure(keys), known)
  // biome-ignore lint/correctness/useExhaustiveDependencies: starts again for another run or another row
  useEffect(() => first.start(), [known, most])
  if (!model || !tokenizer) return null
  const label = (key: number) => run.tokens[key]?.label ?? ''
  const all = keys.length > 2 && keys.every((key) => known.has(key))
  const effect = most === null ? undefined : known.get(most)
  return (
    <Panel
      help={null}
      title={t('reads', { token: label(row) })}
      lead={t('reads.lead')}
      testId="reads-tool"
      actions={<HeadSelect heads={model.info.heads} head={look.head} onHead={(head) => lab.look({ head })} />}
    >
      {most !== null && effect && (
        <p data-testid="check-most">
          {t('reads.most', {
            key: label(most),
            share: formatPercent(shares[most] as number),
            bits: decimal(effect.divergence, 3),
            changed: labelOf(tokenizer, effect.changed.id),
            before: formatPercent(effect.changed.before),
            after: formatPercent(effect.changed.after),
          })}
        </p>
      )}
      {all && (
        <p data-testid="reads-correlation">
          {t('reads.correlation', {
            count: keys.length,
            rho: decimal(
              spearman(
                keys.map((key) => shares[key] as number),
                keys.map((key) => known.get(key)?.divergence ?? 0),
              ),
              2,
            ),
          })}
        </p>
      )}
      <JobBar
        action={t('reads.each', { count: keys.length })}
        {...each}
        onStart={each.start}
        onStop={each.stop}
        testId="mask-each"
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
      <section className="table-scroll" tabIndex={0} aria-label={t('reads.table')}>
        <table className="table" data-testid="key-effects">
          <thead>
            <tr>
              <th scope="col">{t('reads.key')}</th>
              <th scope="col">{t('reads.share')}</th>
              <th scope="col">{t('reads.bits')}</th>
              <th scope="col">{t('reads.changed')}</th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => {
              const found = known.get(key)
              return (
                <tr key={run.tokens[key]?.key}>
                  <th scope="row">
                    <span className="stamp" data-kind={run.tokens[key]?.kind}>
                      {label(key)}
                    </span>
                  </th>
                  <td className="mono">{formatPercent(shares[key] as number)}</td>
                  <td className="mono">{found ? decimal(found.divergence, 3) : '–'}</td>
                  <td className="mono">
                    {found
                      ? t('reads.change', {
                          token: labelOf(tokenizer, found.changed.id),
                          before: formatPercent(found.changed.before),
                          after: formatPercent(found.changed.after),
                        })
                      : '–'}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
    </Panel>
  )
}
