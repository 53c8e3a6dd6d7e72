import type { TokenizerInfo } from '../../../engine/reader_protocol.ts'
import { decimal } from '../../../words/numbers.ts'
import { Chart } from '../../shared/Chart.tsx'
import type { Provenance } from '../../shared/save_figure.ts'
import { labelOf } from '../state/doc.ts'
import { lossTargets } from '../state/experiments/loss_mask.ts'
import type { GenerateRun } from '../state/lab.ts'
import { ScrollTable } from './ScrollTable.tsx'
import { t } from './words/words.ts'

/** Rows of padding, and rows at most: the end is what it is about. */
const PADDING = 3
const SHOWN = 12

export interface PadIsEndProps {
  run: GenerateRun
  tokenizer: TokenizerInfo
  end: number
  /** −ln P(end) after the last token. */
  loss: number
  made: Provenance
}

/** The targets of the text as a trainer would count them, with a PAD of its own and with one that is the end token. */
export function PadIsEnd({ run, tokenizer, end, loss, made }: PadIsEndProps) {
  const V = tokenizer.labels.length
  const ids = run.request.input.ids.filter((id) => id < V)
  const hasEnd = ids.at(-1) === end
  const text = hasEnd ? ids : [...ids, end]
  // Where the vocabulary has no PAD, any id that is no token of it tells the same.
  const pad = tokenizer.specials.pad?.id ?? V
  const own = lossTargets(text, pad, PADDING)
  const same = lossTargets(text, end, PADDING)
  const hidden = Math.max(0, own.length - SHOWN)
  const label = (id: number) => (id === V ? '[PAD]' : labelOf(tokenizer, id))
  const counts = (does: boolean) => t(does ? 'pad.counts' : 'pad.out')
  const columns = [t('pad.row'), t('pad.input'), t('pad.target'), t('pad.position'), t('pad.id'), t('pad.same')]
  return (
    <Chart
      title={t('pad')}
      lead={t('pad.lead')}
      made={made}
      formats={['csv', 'json']}
      table={{
        columns,
        rows: own.map(({ input, target, byPosition, byId }, row) => [
          row,
          label(input),
          label(target),
          counts(byPosition),
          counts(byId),
          counts(same[row]?.byId ?? false),
        ]),
      }}
      testId="pad-is-end"
    >
      <p data-testid="pad-lost">
        {t('pad.lost', {
          right: own.filter(({ byPosition }) => byPosition).length,
          left: same.filter(({ byId }) => byId).length,
        })}{' '}
        {!hasEnd && t('pad.loss', { loss: decimal(loss, 2) })}
      </p>
      <ScrollTable name={t('pad')} columns={columns} className="loss-targets">
        {own.slice(hidden).map(({ input, target, byPosition, byId }, i) => {
          const row = hidden + i
          const bySame = same[row]?.byId ?? false
          return (
            <tr key={row}>
              <th scope="row">{row}</th>
              <td className="mono">{label(input)}</td>
              <td className="mono">{label(target)}</td>
              <td data-counts={byPosition}>{counts(byPosition)}</td>
              <td data-counts={byId}>{counts(byId)}</td>
              <td data-counts={bySame} data-lost={(byPosition && !bySame) || undefined}>
                {counts(bySame)}
              </td>
            </tr>
          )
        })}
      </ScrollTable>
      {hidden > 0 && <p className="hint">{t('pad.before', { count: hidden })}</p>}
    </Chart>
  )
}
