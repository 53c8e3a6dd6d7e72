import { useMemo } from 'react'
import { JobBar } from '../../../../views/primitives/JobBar.tsx'
import { Panel } from '../../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../../viz/format.ts'
import { useOwnJob } from '../../../shared/useJob.ts'
import { useLab } from '../../../shared/useLab.ts'
import { askedOf } from '../state/asked.ts'
import { type Effect, effectsOf } from '../state/causal.ts'
import { t } from '../words/words.ts'
import type { MemoryToolProps } from './props.ts'

/** Beside what the map says that the asked row reads of memory: what taking memory from it does. */
export default function CauseTool({ lab, engine, run, tokenizer }: MemoryToolProps) {
  const { look } = useLab(lab.store)
  const asked = useMemo(() => askedOf(run), [run])
  const { layer, head } = look
  const of = useMemo(() => ({ run, layer, head }), [run, layer, head])
  const job = useOwnJob<Effect[]>(async (step) => {
    const { replaced } = run.doc
    const made = { ...run.model, tokenizer }
    const states = replaced ? await lab.reference.statesFor(run.model, made, run.doc, replaced) : undefined
    return effectsOf(engine, run, { layer, head }, states, step)
  }, of)
  if (!asked) return <p className="hint">{t('cause.nothing-asked')}</p>
  if (run.slots === 0) return <p className="hint">{t('reads.none')}</p>
  const word = (id: number) => tokenizer.labels[id] ?? `#${id}`
  return (
    <Panel
      help={null}
      title={t('cause.title', { word: word(asked.best), probability: formatPercent(asked.probability) })}
      lead={t('cause.lead', { layer: layer + 1 })}
      testId="cause"
    >
      {job.status !== 'done' && <JobBar {...job} action={t('cause.run')} onStart={job.start} onStop={job.stop} />}
      {job.result && (
        <table className="box-table" data-testid="cause-table">
          <thead>
            <tr>
              <th scope="col">{t('cause.what')}</th>
              <th scope="col">{t('cause.share')}</th>
              <th scope="col">{t('cause.to', { word: word(asked.best) })}</th>
              <th scope="col">{t('cause.best')}</th>
            </tr>
          </thead>
          <tbody>
            {job.result.map(({ what, share, to, best }) => (
              <tr key={typeof what === 'string' ? what : what.slot}>
                <th scope="row">
                  {typeof what === 'string' ? t(`cause.${what}`) : t('cause.one', { slot: what.label })}
                </th>
                <td className="mono">{share === null ? '' : formatPercent(share)}</td>
                <td className="mono">{formatPercent(to)}</td>
                <td>{word(best)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
