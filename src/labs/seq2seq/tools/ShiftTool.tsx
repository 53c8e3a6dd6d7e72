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
  const cells = run.rows.map((decoderRow, row) => ({
    ...decoderRow,
    row,
    key: decoderRow.reads.key,
    isChosen: decoderRow.writes !== null && decoderRow.writes.key === chosen,
    logP: outputs[row]?.logP ?? Number.NaN,
    best: outputs[row]?.best ?? 0,
  }))
  const label = (id: number) => model.tokenizer.labels[id] ?? `#${id}`
  return (
    <Panel help={null} title={t('tool.shift')} lead={t('shift.lead')} testId="shift-tool">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus to be scrolled by keys */}
      <section className="table-scroll" tabIndex={0} aria-label={t('shift.table')}>
        <table className="table mono shift">
          <thead>
            <tr>
              <th scope="col">{t('shift.row')}</th>
              {cells.map(({ key, row, isChosen }) => (
                <th key={key} scope="col" data-selected={isChosen || undefined}>
                  {row + 1}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{t('shift.input')}</th>
              {cells.map(({ key, reads }) => (
                <td key={key} data-kind={reads.kind}>
                  {reads.label}
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">{t('shift.target')}</th>
              {cells.map(({ key, writes }) => (
                <td key={key} data-kind={writes?.kind}>
                  {writes?.label ?? '–'}
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">{t('shift.counts')}</th>
              {cells.map(({ key, counts }) => (
                <td key={key} data-testid="shift-counts" data-counts={counts}>
                  {counts ? '1' : '0'}
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">{t('shift.p')}</th>
              {cells.map(({ key, counts, logP }) => (
                <td key={key}>{counts ? formatPercent(Math.exp(logP)) : '–'}</td>
              ))}
            </tr>
            <tr>
              <th scope="row">{t('shift.loss')}</th>
              {cells.map(({ key, counts, logP }) => (
                <td key={key}>{counts ? decimal(-logP, 3) : '–'}</td>
              ))}
            </tr>
            <tr>
              <th scope="row">{t('shift.best')}</th>
              {cells.map(({ key, writes, best }) => (
                <td key={key} data-testid="shift-best">
                  {writes && best !== writes.id ? label(best) : ''}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </section>
      <p className="hint" data-testid="shift-mean">
        {t('shift.mean', { loss: decimal(tokens ? -sum / tokens : 0, 4), tokens })}
      </p>
    </Panel>
  )
}
