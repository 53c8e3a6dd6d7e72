import { useMemo } from 'react'
import { JobBar } from '../../../views/primitives/JobBar.tsx'
import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { decimal } from '../../../words/numbers.ts'
import { useOwnJob } from '../../shared/useJob.ts'
import { useLab } from '../../shared/useLab.ts'
import { className } from '../class_name.ts'
import { nameOfRow } from '../said.ts'
import { type Effect, effectsOn } from '../state/causal.ts'
import { t } from '../words/words.ts'
import type { DetectToolProps } from './props.ts'

/** Beside what the map says that the chosen query reads of the others: what masking each of them does. */
export default function CausalTool({ lab, engine, run }: DetectToolProps) {
  const { look, drawings } = useLab(lab.store)
  const row = run.asking.findIndex(({ place }) => place === look.query)
  const { layer, head } = look
  const of = useMemo(() => ({ run, row, layer, head }), [run, row, layer, head])
  const effects = useOwnJob<Effect[]>((step) => effectsOn(engine, run, { row, layer, head, drawings }, step), of)
  const chosen = run.detections[row]
  if (!chosen) return <p className="hint">{t('causal.none')}</p>
  return (
    <Panel
      help={null}
      title={t('causal.title', { query: nameOfRow(run, row), label: className(chosen.label) })}
      lead={t('causal.lead')}
      testId="causal"
    >
      {effects.status === 'running' && (
        <JobBar {...effects} action={t('causal.run')} onStart={effects.start} onStop={effects.stop} />
      )}
      {effects.result && (
        <table className="box-table" data-testid="causal-table">
          <thead>
            <tr>
              <th scope="col">{t('causal.masked')}</th>
              <th scope="col">{t('causal.share')}</th>
              <th scope="col">{t('causal.from')}</th>
              <th scope="col">{t('causal.to')}</th>
              <th scope="col">{t('causal.iou')}</th>
            </tr>
          </thead>
          <tbody>
            {effects.result.map((one) => (
              <tr key={one.row}>
                <th scope="row">{nameOfRow(run, one.row)}</th>
                <td className="mono">{Number.isNaN(one.share) ? '–' : formatPercent(one.share)}</td>
                <td className="mono">{formatPercent(one.from)}</td>
                <td className="mono">{formatPercent(one.to)}</td>
                <td className="mono">{decimal(one.iou, 3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
