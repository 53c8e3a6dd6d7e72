import { Panel } from '../../../views/shell/Panel.tsx'
import { formatPercent } from '../../../viz/format.ts'
import { decimal } from '../../../words/numbers.ts'
import { useLab } from '../../shared/useLab.ts'
import { outputsOf, totalLogP } from '../state/outputs.ts'
import { t } from '../words/words.ts'
import type { Seq2SeqToolProps } from './props.ts'

/** Decoder input, target and loss mask under one another: the target is the input one place further. */
export default function ShiftTool({ lab, model, run }: Seq2SeqToolProps) {
  const { look } = useLab(lab.store)
  const outputs = outputsOf(run)
  const { sum, tokens } = totalLogP(run)
  const chosen = look.selection.target[0]
  const label = (id: number) => model.tokenizer.labels[id] ?? `#${id}`
  return (
    <Panel title={t('tool.shift')} lead={t('shift.lead')} testId="shift-tool">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
      <section className="table-scroll" tabIndex={0} aria-label={t('tool.shift')}>
        <table className="table mono shift">
          <thead>
            <tr>
              <th scope="col">{t('shift.row')}</th>
              <th scope="col">{t('shift.input')}</th>
              <th scope="col">{t('shift.target')}</th>
              <th scope="col">{t('shift.counts')}</th>
              <th scope="col">{t('shift.p')}</th>
              <th scope="col">{t('shift.loss')}</th>
              <th scope="col">{t('shift.best')}</th>
            </tr>
          </thead>
          <tbody>
            {run.rows.map(({ reads, writes, counts }, row) => {
              const { logP = Number.NaN, best = 0 } = outputs[row] ?? {}
              return (
                <tr
                  key={reads.key}
                  data-testid="shift-row"
                  data-counts={counts}
                  data-selected={writes?.key === chosen || undefined}
                >
                  <th scope="row">{row + 1}</th>
                  <td data-kind={reads.kind}>{reads.label}</td>
                  <td data-kind={writes?.kind}>{writes?.label ?? '–'}</td>
                  <td>{counts ? '1' : '0'}</td>
                  <td>{counts ? formatPercent(Math.exp(logP)) : '–'}</td>
                  <td>{counts ? decimal(-logP, 3) : '–'}</td>
                  <td>{writes && best !== writes.id ? label(best) : ''}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
      <p className="hint" data-testid="shift-mean">
        {t('shift.mean', { loss: decimal(tokens ? -sum / tokens : 0, 4), tokens })}
      </p>
    </Panel>
  )
}
